import type { NoticeKind, PollEventRow, PollInvitee } from '../events/poll-event.js';
import { hasDeclined } from './poll-mail-recipients.js';

/** Something that people are told of. */
export interface NoticeRequest {
  readonly kind: NoticeKind;
  /** The user who did it. */
  readonly by: string;
}

/** A notice that waits for its time. */
export interface WaitingNotice {
  readonly kind: NoticeKind;
  readonly user: string;
}

/** Who has to be told. */
export function noticesFor(event: PollEventRow, { kind, by }: NoticeRequest): WaitingNotice[] {
  return event.invitees
    .filter((invitee) => invitee.user !== by && isTold(event, kind, invitee))
    .map(({ user }) => ({ kind, user }));
}

/** Whether a person is told of such things. Nothing more is told of a cancelled event, or of dates once one is settled. */
export function isTold(event: PollEventRow, kind: NoticeKind, invitee: PollInvitee): boolean {
  if (event.no_emails === true || event.cancelled_at !== null) return false;
  if (event.notify[`notify_${kind}`] === false || event.without_notices.includes(invitee.user)) return false;
  if (kind === 'votes') return invitee.user === event.creator_user;
  return !hasDeclined(event, invitee) && (kind === 'messages' || !event.confirmed_flag);
}
