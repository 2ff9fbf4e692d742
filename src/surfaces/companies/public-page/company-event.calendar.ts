import type { Instant } from '../../../core/instant.js';

/** An event as a calendar keeps it. */
export interface CalendarEntry {
  /** The same for ever, so that a calendar replaces the entry instead of adding another. */
  readonly uid: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly start: Instant;
  /** Not before the start. */
  readonly end: Instant;
  readonly summary: string;
  readonly location: string | undefined;
  readonly description: string | undefined;
  readonly url: string;
}

const PRODUCT = '-//Quintet//Company events//EN';

/** One event as iCalendar (RFC 5545). Times are in UTC, which every calendar shows in its reader's zone. */
export function calendarOf(entry: CalendarEntry): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${escapeText(entry.uid)}`,
    `DTSTAMP:${formatUtc(entry.changedAt)}`,
    `CREATED:${formatUtc(entry.createdAt)}`,
    `LAST-MODIFIED:${formatUtc(entry.changedAt)}`,
    `DTSTART:${formatUtc(entry.start)}`,
    // An end at the start is not allowed there; without one the event has no length, which is what it means.
    ...(entry.end > entry.start ? [`DTEND:${formatUtc(entry.end)}`] : []),
    `SUMMARY:${escapeText(entry.summary)}`,
    ...(entry.location === undefined ? [] : [`LOCATION:${escapeText(entry.location)}`]),
    ...(entry.description === undefined ? [] : [`DESCRIPTION:${escapeText(entry.description)}`]),
    `URL:${entry.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

function formatUtc(instant: Instant): string {
  return `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** TEXT values: control characters have no place there, line breaks are written as `\n`. */
function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

const MAX_OCTETS = 75;

/** Lines are at most 75 octets long and go on in the next after a space; a character is never cut in two. */
function foldLine(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
