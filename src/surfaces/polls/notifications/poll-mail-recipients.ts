import type { CalendarFile, PollEventRow, PollInvitee } from '../events/poll-event.js';

export type MailKind =
  | 'invitation'
  | 'confirmation'
  | 'cancellation'
  | 'unconfirmation'
  | 'removal'
  | 'handover'
  /** Takes a calendar entry away that the next mail replaces. */
  | 'replacement';

/** A mail to one invitee, with a calendar file if their calendar must be updated. */
export interface PollMail {
  readonly kind: MailKind;
  readonly invitee: PollInvitee;
  /** The state that the mail tells of. */
  readonly event: PollEventRow;
  readonly file: CalendarFile | undefined;
  /** Sent to the same person, after this one. */
  readonly next?: PollMail | undefined;
}

/** Invitations to people who did not decline. */
export function invitationMails(event: PollEventRow, people: readonly PollInvitee[]): PollMail[] {
  return people
    .filter((invitee) => !hasDeclined(event, invitee))
    .map((invitee) => ({ kind: 'invitation', invitee, event, file: undefined }));
}

/**
 * The confirmed date, to the organiser, to those whose calendar has the event, and to those who did not decline. The
 * organiser gets it as an event of her own, everybody else as an invitation.
 */
export function confirmationMails(event: PollEventRow, people = event.invitees): PollMail[] {
  const sequence = event.ics_sequence ?? 0;
  return people
    .filter(
      (invitee) =>
        isOrganiser(event, invitee) || calendarHasEvent(event, invitee) || !hasDeclined(event, invitee),
    )
    .map((invitee) => ({
      kind: 'confirmation',
      invitee,
      event,
      file: { method: isOrganiser(event, invitee) ? 'PUBLISH' : 'REQUEST', sequence },
    }));
}

/** The end of the event: with a file to those whose calendar has it, without one to others who did not decline. */
export function cancellationMails(event: PollEventRow): PollMail[] {
  return event.invitees
    .filter(
      (invitee) =>
        calendarHasEvent(event, invitee) || !(isOrganiser(event, invitee) || hasDeclined(event, invitee)),
    )
    .map((invitee) => ({
      kind: 'cancellation',
      invitee,
      event,
      file: calendarHasEvent(event, invitee) ? cancelled(event.ics_sequence) : undefined,
    }));
}

/** `before` is the event while it was confirmed, `sequence` the SEQUENCE since it is not. */
export function unconfirmationMails(before: PollEventRow, sequence: number | null): PollMail[] {
  return before.invitees
    .filter((invitee) => calendarHasEvent(before, invitee))
    .map((invitee) => ({ kind: 'unconfirmation', invitee, event: before, file: cancelled(sequence) }));
}

/**
 * The mail to a removed invitee, if their calendar has the event, or they were invited and did not decline. The removal
 * concerns nobody else, so the event's own SEQUENCE does not change.
 */
export function removalMails(event: PollEventRow, invitee: PollInvitee): PollMail[] {
  const file = calendarHasEvent(event, invitee) ? cancelled(afterOf(event)) : undefined;
  return file === undefined && hasDeclined(event, invitee) ? [] : [{ kind: 'removal', invitee, event, file }];
}

/**
 * The mails of a new organiser. Calendars do not turn an invitation into an event of one's own, or the reverse, so both
 * organisers get a `CANCEL` of what they have before the new file.
 */
export function handoverMails(before: PollEventRow, after: PollEventRow): PollMail[] {
  const newOrganiser = after.invitees.find((invitee) => isOrganiser(after, invitee));
  if (!after.confirmed_flag) {
    return newOrganiser === undefined
      ? []
      : [{ kind: 'handover', invitee: newOrganiser, event: after, file: undefined }];
  }
  const confirmations = confirmationMails(after);
  const withdrawals = before.invitees
    .filter(
      (invitee) =>
        calendarHasEvent(before, invitee) &&
        (isOrganiser(before, invitee) || isOrganiser(after, invitee) || !isInvited(after, invitee)),
    )
    .map<PollMail>((invitee) => {
      const next = confirmations.find((mail) => mail.invitee.user === invitee.user);
      const kind = next === undefined ? 'removal' : 'replacement';
      return { kind, invitee, event: before, file: cancelled(afterOf(before)), next };
    });
  const replaced = new Set(withdrawals.map(({ invitee }) => invitee.user));
  return [...withdrawals, ...confirmations.filter(({ invitee }) => !replaced.has(invitee.user))];
}

/** Records the calendar files sent with these mails. */
export function withSentFiles(event: PollEventRow, mails: readonly PollMail[]): PollEventRow {
  const sent = mails
    .flatMap((mail) => (mail.next === undefined ? [mail] : [mail, mail.next]))
    .flatMap(({ invitee, file }) => (file === undefined ? [] : [[invitee.user, file] as const]));
  return sent.length === 0
    ? event
    : { ...event, calendar_files: { ...event.calendar_files, ...Object.fromEntries(sent) } };
}

/**
 * A SEQUENCE above those already sent to these people, who may have been removed and invited again. Until the next
 * confirmation nothing is sent to them, and that one rises by itself.
 */
export function sequenceForReinvited(
  { ics_sequence, confirmed_flag, calendar_files }: PollEventRow,
  people: readonly PollInvitee[],
): number | null {
  if (ics_sequence === null || !confirmed_flag) return ics_sequence;
  return Math.max(ics_sequence, ...people.map(({ user }) => (calendar_files[user]?.sequence ?? -1) + 1));
}

/** Whether the last calendar file sent to a person put the event into their calendar. */
export function calendarHasEvent({ calendar_files }: PollEventRow, { user }: PollInvitee): boolean {
  const method = calendar_files[user]?.method;
  return method === 'REQUEST' || method === 'PUBLISH';
}

export function hasDeclined({ declines }: PollEventRow, { user }: PollInvitee): boolean {
  return declines.some(({ created_by }) => created_by.user === user);
}

function isOrganiser({ creator_user }: PollEventRow, { user }: PollInvitee): boolean {
  return user === creator_user;
}

function isInvited({ invitees }: PollEventRow, { user }: PollInvitee): boolean {
  return invitees.some((invitee) => invitee.user === user);
}

function cancelled(sequence: number | null): CalendarFile {
  return { method: 'CANCEL', sequence: sequence ?? 0 };
}

function afterOf({ ics_sequence }: PollEventRow): number {
  return (ics_sequence ?? 0) + 1;
}
