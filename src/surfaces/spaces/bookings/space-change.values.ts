import type { EventValues } from './space-booking.values.js';
import { titleOf } from './space-bookings.service.js';
import type { BookableSpace } from './space-bookings.repository.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import type { ChangeSpaceEvent } from '../events/space-events.dto.js';
import { parseInvitees, mergeInvitees, type InviteeInput } from '../events/space-invitees.js';
import type { Schedule } from '../series/space-schedule.js';
import type { TimeInput, ZonedTime } from '../space-time.js';

/** The new time if there is one, else the current one. */
export function mergeTime(input: TimeInput | undefined, before: ZonedTime): TimeInput | ZonedTime {
  if (input === undefined) return before;
  return { dateTime: input.dateTime, zone: input.zone ?? before.zone };
}

export function isSameRecurrence(left: readonly string[] | null, right: readonly string[] | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** `null` clears the list; `undefined` leaves it unchanged. */
export function mergeInviteeList(
  before: SpaceEventRow,
  invitees: readonly InviteeInput[] | null | undefined,
): readonly InviteeInput[] | undefined {
  return invitees === undefined ? undefined : mergeInvitees(invitees ?? [], parseInvitees(before.invitees));
}

/** All stored columns of the event after the change. */
export function mergeValues(
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
