import type { Caller } from '../../../core/caller.js';
import { parseInvitees } from './space-invitees.js';
import type { Visibility } from '../spaces.fields.js';

/** What rights depend on. */
export interface EventAccess {
  readonly visibility: Visibility;
  readonly organizer_id: number | null;
  readonly creator_id: number | null;
  /** See `inviteesOf`. */
  readonly invitees: string;
}

const PRIVATE: ReadonlySet<Visibility> = new Set(['private', 'personal', 'confidential']);

/** What others see in place of a title that is not theirs to see. */
export const HIDDEN_TITLE = 'Private event';

export function mayChange({ isAdmin, memberId }: Caller, event: Omit<EventAccess, 'invitees'>): boolean {
  return isAdmin || (memberId !== null && (event.organizer_id === memberId || event.creator_id === memberId));
}

/** Its people: organizer, creator and the invited. */
export function isParticipant({ memberId }: Caller, event: EventAccess): boolean {
  return (
    memberId !== null &&
    (event.organizer_id === memberId ||
      event.creator_id === memberId ||
      parseInvitees(event.invitees).some((invitee) => invitee.user_id === memberId))
  );
}

/** Whether a clash, a state or a free-busy row may name the event. Being an administrator does not make one of its people. */
export function isVisibleTo(caller: Caller, event: EventAccess): boolean {
  return !PRIVATE.has(event.visibility) || isParticipant(caller, event);
}

/** Whether an item or a list shows all of it; administrators see what they may change. */
export function maySee(caller: Caller, event: EventAccess): boolean {
  return caller.isAdmin || isVisibleTo(caller, event);
}
