import type { EventValues } from './space-booking.values.js';
import { titleOf } from './space-bookings.service.js';
import type { BookableSpace } from './space-bookings.repository.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import type { ChangeSpaceEvent } from '../events/space-events.dto.js';
import { inviteesIn, keepWhatIsKnown, type GivenInvitee } from '../events/space-invitees.js';
import type { Schedule } from '../series/space-schedule.js';
import type { GivenTime, ZonedTime } from '../space-time.js';

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
  dto: ChangeSpaceEvent,
  space: BookableSpace,
  schedule: Schedule,
): EventValues {
  return {
    spaceId: space.id,
    title: dto.title === undefined ? before.title : (dto.title ?? titleOf(space)),
    description: dto.description === undefined ? before.description : dto.description,
    location: dto.location === undefined ? before.location : dto.location,
    start: schedule.start,
    end: schedule.end,
    isAllDay: schedule.isAllDay,
    visibility: dto.visibility === undefined ? before.visibility : (dto.visibility ?? 'default'),
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
