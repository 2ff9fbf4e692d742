import { Temporal } from 'temporal-polyfill';
import { instantOf, parseInstant, type Instant } from '../../../core/instant.js';

/** A date without an offset, with an optional time; splits what `parseInstant` accepts. */
const WALL = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?))?$/;

/** Whether a date has a UTC offset, so that it needs no time zone. */
export function hasOffset(text: string): boolean {
  return !WALL.test(text);
}

/**
 * Parses a client's date. Without an offset it is local time in `zone`. A time skipped by daylight saving moves
 * forward by the gap; a repeated one means the first occurrence. `undefined` for an invalid date and for a day that
 * the zone skipped (Apia, 30 December 2011).
 */
export function readPollDate(text: string, zone: string): Instant | undefined {
  const [, day, time = '00:00'] = WALL.exec(text) ?? [];
  if (day === undefined) return parseInstant(text);
  if (parseInstant(text) === undefined) return undefined;
  const wall = Temporal.PlainDateTime.from(`${day}T${time.replace(',', '.')}`);
  const there = wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
  // A daylight saving gap does not change the day; a skipped day does.
  return there.toPlainDate().toString() === day ? instantOf(there.epochMilliseconds) : undefined;
}

/** Local day of an instant in `zone`: `YYYY-MM-DD`. */
export function dayIn(zone: string, instant: Instant): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
