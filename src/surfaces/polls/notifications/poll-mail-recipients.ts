import type { CalendarFile, PollEventRow, PollInvitee } from '../events/poll-event.js';

export type MailKind = 'invitation' | 'confirmation' | 'cancellation' | 'removal';

/** A mail about an event to one person, with a calendar file where their calendar has to learn of it. */
export interface PollMail {
  readonly kind: MailKind;
  readonly invitee: PollInvitee;
  readonly file: CalendarFile | undefined;
}

/** Who of these people gets the mail. Whose calendar holds the event has to hear of it, whatever they answered since. */
export function mailsTo(
  event: PollEventRow,
  kind: MailKind,
  people: readonly PollInvitee[],
): readonly PollMail[] {
  return people
    .filter((invitee) => holds(event, invitee) || !hasDeclined(event, invitee))
    .map((invitee) => ({ kind, invitee, file: fileFor(event, kind, invitee) }));
}

/** Whether somebody who is removed is told: their calendar holds the event, or they were invited and did not decline. */
export function isToldOfRemoval(event: PollEventRow, invitee: PollInvitee): boolean {
  const wasInvited = invitee.created_by.user !== invitee.user;
  return holds(event, invitee) || (wasInvited && !hasDeclined(event, invitee));
}

/** The event that remembers which calendar files went out with these mails. */
export function withFilesSent(event: PollEventRow, mails: readonly PollMail[]): PollEventRow {
  const sent = mails.flatMap(({ invitee, file }) =>
    file === undefined ? [] : [[invitee.user, file] as const],
  );
  return sent.length === 0
    ? event
    : { ...event, calendar_files: { ...event.calendar_files, ...Object.fromEntries(sent) } };
}

/** The SEQUENCE that is news to the calendars of people who are invited once more after they were removed. */
export function sequenceAgain(
  { ics_sequence, calendar_files }: PollEventRow,
  people: readonly PollInvitee[],
): number | null {
  if (ics_sequence === null) return null;
  return Math.max(ics_sequence, ...people.map(({ user }) => (calendar_files[user]?.sequence ?? -1) + 1));
}

function fileFor(event: PollEventRow, kind: MailKind, invitee: PollInvitee): CalendarFile | undefined {
  const { ics_sequence: sequence } = event;
  if (sequence === null || kind === 'invitation') return undefined;
  if (kind === 'confirmation') return { method: 'REQUEST', sequence };
  if (!holds(event, invitee)) return undefined;
  // A removal concerns one person: the event's own number stays.
  return { method: 'CANCEL', sequence: kind === 'removal' ? sequence + 1 : sequence };
}

/** Whether the calendar of a person was sent the event and nothing that took it back. */
function holds({ calendar_files }: PollEventRow, { user }: PollInvitee): boolean {
  return calendar_files[user]?.method === 'REQUEST';
}

function hasDeclined({ declines }: PollEventRow, { user }: PollInvitee): boolean {
  return declines.some(({ created_by }) => created_by.user === user);
}
