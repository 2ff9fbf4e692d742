import type { Caller } from '../../../core/caller.js';
import { parseInvitees } from './space-invitees.js';
import type { Visibility } from './space-event.fields.js';

/** The columns that permissions depend on. */
export interface EventAccess {
  readonly visibility: Visibility;
  readonly organizer_id: number | null;
  readonly creator_id: number | null;
  /** See `inviteesOf`. */
  readonly invitees: string;
}

const PRIVATE: ReadonlySet<Visibility> = new Set(['private', 'personal', 'confidential']);

/** Whether only its people see what an event is about. */
export function isPrivate(visibility: Visibility): boolean {
  return PRIVATE.has(visibility);
}

/** Replaces the title for callers who may not see it. */
export const HIDDEN_TITLE = 'Private event';

export function mayChange({ isAdmin, memberId }: Caller, event: Omit<EventAccess, 'invitees'>): boolean {
  return isAdmin || (memberId !== null && (event.organizer_id === memberId || event.creator_id === memberId));
}

/** Participants: organizer, creator and invitees. */
export function isParticipant({ memberId }: Caller, event: EventAccess): boolean {
  return (
    memberId !== null &&
    (event.organizer_id === memberId ||
      event.creator_id === memberId ||
      parseInvitees(event.invitees).some((invitee) => invitee.user_id === memberId))
  );
}

/**
 * Whether conflicts, states and free/busy lists may reveal the event's details. Administrators are not participants
 * here.
 */
export function isVisibleTo(caller: Caller, event: EventAccess): boolean {
  return !isPrivate(event.visibility) || isParticipant(caller, event);
}

/** Whether a single event or a list shows all details; administrators see whatever they may change. */
export function maySee(caller: Caller, event: EventAccess): boolean {
  return caller.isAdmin || isVisibleTo(caller, event);
}
