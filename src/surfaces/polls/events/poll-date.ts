import { Temporal } from 'temporal-polyfill';
import { instantOf, parseInstant, type Instant } from '../../../core/instant.js';

/** `2030-05-04`, perhaps with a time, perhaps with an offset; what `parseInstant` reads, split. */
const WALL = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?))?$/;

/** Whether a date says by itself which instant it is. */
export function hasOffset(text: string): boolean {
  return !WALL.test(text);
}

/**
 * The instant that a date of a client means: an offset counts, a date without one is what a clock in `zone` shows.
 * A time that a spring change skips moves forward by the gap, one that an autumn change repeats means the first.
 * Nothing for a day that the zone never had (Apia, 30 December 2011).
 */
export function readPollDate(text: string, zone: string): Instant | undefined {
  const [, day, time = '00:00'] = WALL.exec(text) ?? [];
  if (day === undefined) return parseInstant(text);
  if (parseInstant(text) === undefined) return undefined;
  const wall = Temporal.PlainDateTime.from(`${day}T${time.replace(',', '.')}`);
  const there = wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
  // A gap is an hour or so; only where a whole day is missing does the date itself change.
  return there.toPlainDate().toString() === day ? instantOf(there.epochMilliseconds) : undefined;
}

/** The day that a clock in `zone` shows at an instant: `YYYY-MM-DD`. */
export function dayIn(zone: string, instant: Instant): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The day after. */
export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
