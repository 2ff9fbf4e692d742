import type { Instant } from '../../../core/instant.js';

/** A calendar entry. */
export interface CalendarEntry {
  /** Stable, so that calendars update the entry instead of adding another. */
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

/** One event as iCalendar (RFC 5545). Times are in UTC; calendars show them in the reader's zone. */
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
    // RFC 5545 does not allow DTEND to equal DTSTART; without it the event has no duration, as intended.
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

/** Escapes a TEXT value: control characters are removed, line breaks become `\n`. */
function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

const MAX_OCTETS = 75;

/** Folds lines after 75 octets without splitting a character; continuation lines start with a space. */
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
