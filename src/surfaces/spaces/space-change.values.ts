import type { EventValues } from './space-booking.values.js';
import { titleOf } from './space-bookings.service.js';
import type { BookableSpace } from './space-bookings.table.js';
import type { SpaceEventRow } from './space-event.columns.js';
import type { ChangeSpaceEvent } from './space-events.wire.js';
import { inviteesIn, keepWhatIsKnown, type GivenInvitee } from './space-invitees.js';
import type { Schedule } from './space-schedule.js';
import type { GivenTime, ZonedTime } from './space-time.js';

/** A time of its own, or the one that it had. */
export function timeAfter(given: GivenTime | undefined, before: ZonedTime): GivenTime | ZonedTime {
  if (given === undefined) return before;
  return { dateTime: given.dateTime, zone: given.zone ?? before.zone };
}

export function sameLines(left: readonly string[] | null, right: readonly string[] | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** `null` empties the list; without one it stays as it is. */
export function listAfter(
  before: SpaceEventRow,
  invitees: readonly GivenInvitee[] | null | undefined,
): readonly GivenInvitee[] | undefined {
  return invitees === undefined ? undefined : keepWhatIsKnown(invitees ?? [], inviteesIn(before.invitees));
}

/** All that is stored of an event after a change. */
export function valuesAfter(
  before: SpaceEventRow,
  wish: ChangeSpaceEvent,
  space: BookableSpace,
  schedule: Schedule,
): EventValues {
  return {
    spaceId: space.id,
    title: wish.title === undefined ? before.title : (wish.title ?? titleOf(space)),
    description: wish.description === undefined ? before.description : wish.description,
    location: wish.location === undefined ? before.location : wish.location,
    start: schedule.start,
    end: schedule.end,
    isAllDay: schedule.isAllDay,
    visibility: wish.visibility === undefined ? before.visibility : (wish.visibility ?? 'default'),
    uid: before.uid,
    remoteEventId: before.remote_event_id,
    remoteType: before.remote_type,
    creationType: before.creation_type,
    organizerId: before.organizer_id,
    organizerEmail: before.organizer_email,
    creatorId: before.creator_id,
    creatorEmail: before.creator_email,
    recurrence: schedule.recurrence,
    heldUntil: schedule.heldUntil,
  };
}
