import type { Instant } from '../../../core/instant.js';
import { dayAfter, dayIn } from '../events/poll-date.js';
import {
  confirmedDateOf,
  confirmedPlaceOf,
  allDayZone,
  type PollEventRow,
  type PollInvitee,
} from '../events/poll-event.js';

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

/** The recipient of a `CANCEL` for an event that still takes place. */
export type RemovedAttendee = Pick<PollInvitee, 'full_name' | 'email'> & { readonly sequence: number };

/** Maximum line length in bytes, without the line break (RFC 5545, 3.1). */
const LINE_BYTES = 75;

/**
 * The confirmed date as an iCalendar file (RFC 5545; RFC 5546 for `REQUEST` and `CANCEL`). The UID never changes and
 * SEQUENCE rises with each revision, so that calendars replace their entry. Times are in UTC; all-day dates are days
 * in the event's time zone, the last one included. `undefined` if the event was never confirmed.
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
    `DTSTAMP:${formatUtc(event.updated_at)}`,
    `SEQUENCE:${removed?.sequence ?? event.ics_sequence}`,
    ...dateLines(date, allDayZone(event)),
    `SUMMARY:${escapeText(event.title)}`,
    ...(place === undefined
      ? []
      : [`LOCATION:${escapeText([place.name, place.address].filter(Boolean).join(', '))}`]),
    `URL:${link}`,
    // No STATUS when an attendee is removed, since the event still takes place (RFC 5546, 3.2.5).
    ...(removed === undefined ? [`STATUS:${event.cancelled_at === null ? 'CONFIRMED' : 'CANCELLED'}`] : []),
    `ORGANIZER${cnParameter(event.created_by.full_name)}:mailto:${event.created_by.email}`,
    ...(removed === undefined
      ? attendeeLines(event)
      : [`ATTENDEE${cnParameter(removed.full_name)}:mailto:${removed.email}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function dateLines(
  { date, end_date, all_day }: { date: Instant; end_date: Instant; all_day: boolean },
  zone: string,
): string[] {
  if (!all_day) {
    // DTEND must be later than DTSTART; without DTEND the event has no duration.
    return [`DTSTART:${formatUtc(date)}`, ...(end_date > date ? [`DTEND:${formatUtc(end_date)}`] : [])];
  }
  // DTEND is exclusive, `end_date` is inclusive.
  return [
    `DTSTART;VALUE=DATE:${dayIn(zone, date).replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${dayAfter(dayIn(zone, end_date)).replaceAll('-', '')}`,
  ];
}

function attendeeLines({
  invitees,
  declines,
  dates,
  confirmed_date_id,
  creator_user,
}: PollEventRow): string[] {
  const date = dates.find(({ _id }) => _id === confirmed_date_id);
  const accepts = (user: string): boolean =>
    date?.votes.yes.some((vote) => vote.created_by.user === user) === true;
  return invitees.map(({ user, email, full_name }) => {
    const declined = declines.some(({ created_by }) => created_by.user === user);
    const status = declined ? 'DECLINED' : accepts(user) ? 'ACCEPTED' : 'NEEDS-ACTION';
    const role = user === creator_user ? 'CHAIR' : 'REQ-PARTICIPANT';
    return `ATTENDEE${cnParameter(full_name)};ROLE=${role};PARTSTAT=${status};RSVP=${status === 'NEEDS-ACTION' ? 'TRUE' : 'FALSE'}:mailto:${email}`;
  });
}

/** `2026-05-04T09:00:00.000Z` → `20260504T090000Z`. */
function formatUtc(instant: Instant): string {
  return `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escapeText(text: string): string {
  return withoutControls(text.replace(/\r\n?/g, '\n'))
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');
}

/** A name as a quoted CN parameter, with `^` and quotes escaped (RFC 6868) and without control characters. */
function cnParameter(name: string): string {
  if (name === '') return '';
  return `;CN="${withoutControls(name.replace(/\s+/g, ' ')).replace(/\^/g, '^^').replace(/"/g, "^'")}"`;
}

function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Folds a line at 75 bytes, never inside a character; continuation lines start with a space. */
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
