/**
 * A point in time in UTC, independent of any time zone, as `YYYY-MM-DDTHH:MM:SS.mmmZ`; comparing the strings compares
 * the times.
 */
export type Instant = string & { readonly __kind: 'instant' };

// RFC 3339 and basic ISO 8601, with the variations that real clients send: no seconds, no offset, a space for the `T`.
export const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** From milliseconds since 1970. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

let lastMillisecond = 0;
let lastInstant = instantOf(0);

/** The time of this machine. Many requests ask in the same millisecond, so its text is kept. */
export function currentInstant(): Instant {
  const now = Date.now();
  if (now !== lastMillisecond) {
    lastMillisecond = now;
    lastInstant = instantOf(now);
  }
  return lastInstant;
}

/** The same within the years that an instant can have, 1 to 9999. */
export function nearestInstant(milliseconds: number): Instant {
  return instantOf(Math.min(Math.max(milliseconds, FIRST), LAST));
}

/** To milliseconds since 1970. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}

/**
 * Parses an ISO 8601 date and time: UTC if there is no offset, midnight if there is no time. Returns `undefined` for
 * other formats and for dates and times that do not exist (31 June, 25:00).
 */
export function parseInstant(text: string): Instant | undefined {
  const parts = ISO_8601.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = parts;
  const wallClock = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const milliseconds = Date.parse(wallClock);
  // `Date` rolls 31 June over to 1 July, so a date that does not round-trip does not exist.
  if (Number.isNaN(milliseconds) || instantOf(milliseconds) !== wallClock) return undefined;
  const shift = offsetInMilliseconds(offset);
  if (shift === undefined) return undefined;
  const instant = milliseconds - shift;
  return instant >= FIRST && instant <= LAST ? instantOf(instant) : undefined;
}

function offsetInMilliseconds(offset: string): number | undefined {
  if (offset === 'Z' || offset === 'z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return undefined;
  const milliseconds = (hours * 60 + minutes) * 60_000;
  return offset.startsWith('-') ? -milliseconds : milliseconds;
}

/**
 * Parses PostgreSQL's text format of a `timestamptz` in a UTC session (`2026-03-01 09:00:00+00`,
 * `2026-03-01 09:00:00.5+00`). Slicing the text is ten times faster than creating a `Date`.
 */
export function instantFromPostgres(text: string): Instant {
  const fraction = text.length > 22 ? text.slice(20, -3).padEnd(3, '0').slice(0, 3) : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z` as Instant;
}
