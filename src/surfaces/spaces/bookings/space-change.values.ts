import type { SpaceEventRow } from '../events/space-event.columns.js';
import { parseInvitees, mergeInvitees, type InviteeInput } from '../events/space-invitees.js';
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
