import type { CalendarFile, PollEventRow, PollInvitee } from '../events/poll-event.js';

export type MailKind = 'invitation' | 'confirmation' | 'cancellation' | 'removal';

/** A mail to one invitee, with a calendar file if their calendar must be updated. */
export interface PollMail {
  readonly kind: MailKind;
  readonly invitee: PollInvitee;
  readonly file: CalendarFile | undefined;
}

/** The mails to send: to people who did not decline, and to those whose calendar has the event. */
export function mailsFor(
  event: PollEventRow,
  kind: MailKind,
  people: readonly PollInvitee[],
): readonly PollMail[] {
  return people
    .filter((invitee) => calendarHasEvent(event, invitee) || !hasDeclined(event, invitee))
    .map((invitee) => ({ kind, invitee, file: calendarFileFor(event, kind, invitee) }));
}

/** Whether a removed invitee gets a mail: their calendar has the event, or they were invited and did not decline. */
export function isNotifiedOfRemoval(event: PollEventRow, invitee: PollInvitee): boolean {
  const wasInvited = invitee.created_by.user !== invitee.user;
  return calendarHasEvent(event, invitee) || (wasInvited && !hasDeclined(event, invitee));
}

/** Records the calendar files sent with these mails. */
export function withSentFiles(event: PollEventRow, mails: readonly PollMail[]): PollEventRow {
  const sent = mails.flatMap(({ invitee, file }) =>
    file === undefined ? [] : [[invitee.user, file] as const],
  );
  return sent.length === 0
    ? event
    : { ...event, calendar_files: { ...event.calendar_files, ...Object.fromEntries(sent) } };
}

/** A SEQUENCE above those already sent to these people, who may have been removed and invited again. */
export function sequenceForReinvited(
  { ics_sequence, calendar_files }: PollEventRow,
  people: readonly PollInvitee[],
): number | null {
  if (ics_sequence === null) return null;
  return Math.max(ics_sequence, ...people.map(({ user }) => (calendar_files[user]?.sequence ?? -1) + 1));
}

function calendarFileFor(
  event: PollEventRow,
  kind: MailKind,
  invitee: PollInvitee,
): CalendarFile | undefined {
  const { ics_sequence: sequence } = event;
  if (sequence === null || kind === 'invitation') return undefined;
  if (kind === 'confirmation') return { method: 'REQUEST', sequence };
  if (!calendarHasEvent(event, invitee)) return undefined;
  // A removal concerns one invitee, so the event's own SEQUENCE does not change.
  return { method: 'CANCEL', sequence: kind === 'removal' ? sequence + 1 : sequence };
}

/** Whether the last calendar file sent to a person was a `REQUEST`. */
function calendarHasEvent({ calendar_files }: PollEventRow, { user }: PollInvitee): boolean {
  return calendar_files[user]?.method === 'REQUEST';
}

function hasDeclined({ declines }: PollEventRow, { user }: PollInvitee): boolean {
  return declines.some(({ created_by }) => created_by.user === user);
}
