import { Temporal } from 'temporal-polyfill';
import { instantOf, type Instant } from '../../../core/instant.js';
import type { WallClock } from '../../../core/wall-clock.js';

/** What a clock on a wall shows, and the IANA zone of the wall. */
export interface ZonedTime {
  readonly time: WallClock;
  readonly zone: string;
}

/** A time that the zone skips moves on by the gap; of two moments that a clock shows alike, the first is meant. */
function toZonedDateTime({ time, zone }: ZonedTime): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(time.replace(' ', 'T')).toZonedDateTime(zone, {
    disambiguation: 'compatible',
  });
}

/** The moment, for calendars. */
export function toInstant(time: ZonedTime): Instant {
  return instantOf(toZonedDateTime(time).epochMilliseconds);
}

/** The clock with its distance from UTC (`2026-04-25T09:00:00-03:00`), for machines that read pages. */
export function formatWithOffset(time: ZonedTime): string {
  return toZonedDateTime(time).toString({ timeZoneName: 'never' });
}

/** The clock in words of a language, such as `Saturday 25 April 2026 at 09:00`. */
export function formatLong({ time }: Pick<ZonedTime, 'time'>, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
  return format.format(new Date(`${time.replace(' ', 'T')}Z`));
}
