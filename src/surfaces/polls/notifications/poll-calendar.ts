import type { Instant } from '../../../core/instant.js';
import { dayAfter, dayIn } from '../events/poll-date.js';
import {
  confirmedDateOf,
  confirmedPlaceOf,
  zoneOfDays,
  type PollEventRow,
  type PollInvitee,
} from '../events/poll-event.js';

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

/** Who a `CANCEL` is for where the event itself goes on. */
export type RemovedAttendee = Pick<PollInvitee, 'full_name' | 'email'> & { readonly sequence: number };

/** RFC 5545 counts a line in bytes, without its end. */
const LINE_BYTES = 75;

/**
 * The decision as a calendar file (RFC 5545, and RFC 5546 for what `REQUEST` and `CANCEL` need). One UID for the
 * event's whole life and a SEQUENCE that rises with every revision let calendars replace what they hold. Times are
 * in UTC; all-day dates are the days that the event's zone shows, the last one
 * among them. Nothing where nothing was ever decided.
 */
export function calendarOf(
  event: PollEventRow,
  method: CalendarMethod,
  link: string,
  removed?: RemovedAttendee,
): string | undefined {
  const date = confirmedDateOf(event);
  if (date === undefined || event.ics_sequence === null) return undefined;
  const place = confirmedPlaceOf(event);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Quintet//Polls//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${event.id}@${new URL(link).hostname}`,
    `DTSTAMP:${stamp(event.updated_at)}`,
    `SEQUENCE:${removed?.sequence ?? event.ics_sequence}`,
    ...times(date, zoneOfDays(event)),
    `SUMMARY:${escapeText(event.title)}`,
    ...(place === undefined
      ? []
      : [`LOCATION:${escapeText([place.name, place.address].filter(Boolean).join(', '))}`]),
    `URL:${link}`,
    // The event goes on without who is removed, so RFC 5546 (3.2.5) has no status there.
    ...(removed === undefined ? [`STATUS:${event.cancelled_at === null ? 'CONFIRMED' : 'CANCELLED'}`] : []),
    `ORGANIZER${named(event.created_by.full_name)}:mailto:${event.created_by.email}`,
    ...(removed === undefined
      ? attendees(event)
      : [`ATTENDEE${named(removed.full_name)}:mailto:${removed.email}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function times(
  { date, end_date, all_day }: { date: Instant; end_date: Instant; all_day: boolean },
  zone: string,
): string[] {
  if (!all_day) {
    // Without an end an event takes no time, which is what equal ends mean; DTEND has to be later.
    return [`DTSTART:${stamp(date)}`, ...(end_date > date ? [`DTEND:${stamp(end_date)}`] : [])];
  }
  // The date's last day counts as well, and DTEND names the day after it.
  return [
    `DTSTART;VALUE=DATE:${dayIn(zone, date).replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${dayAfter(dayIn(zone, end_date)).replaceAll('-', '')}`,
  ];
}

function attendees({ invitees, declines, dates, confirmed_date_id, creator_user }: PollEventRow): string[] {
  const date = dates.find(({ _id }) => _id === confirmed_date_id);
  const accepts = (user: string): boolean =>
    date?.votes.yes.some((vote) => vote.created_by.user === user) === true;
  return invitees.map(({ user, email, full_name }) => {
    const declined = declines.some(({ created_by }) => created_by.user === user);
    const status = declined ? 'DECLINED' : accepts(user) ? 'ACCEPTED' : 'NEEDS-ACTION';
    const role = user === creator_user ? 'CHAIR' : 'REQ-PARTICIPANT';
    return `ATTENDEE${named(full_name)};ROLE=${role};PARTSTAT=${status};RSVP=${status === 'NEEDS-ACTION' ? 'TRUE' : 'FALSE'}:mailto:${email}`;
  });
}

/** `2026-05-04T09:00:00.000Z` → `20260504T090000Z`. */
function stamp(instant: Instant): string {
  return `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escapeText(text: string): string {
  return withoutControls(text.replace(/\r\n?/g, '\n'))
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');
}

/** A name as a quoted parameter, which can hold neither quotes nor controls (RFC 6868 spells the quote). */
function named(name: string): string {
  if (name === '') return '';
  return `;CN="${withoutControls(name.replace(/\s+/g, ' ')).replace(/\^/g, '^^').replace(/"/g, "^'")}"`;
}

function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Breaks a line after at most 75 bytes, never inside a character; what follows begins with a space. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= LINE_BYTES) return line;
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LINE_BYTES) {
      parts.push(part);
      part = ' ';
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join('\r\n');
}
