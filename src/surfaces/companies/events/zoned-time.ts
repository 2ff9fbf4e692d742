import { Temporal } from 'temporal-polyfill';
import { instantOf, type Instant } from '../../../core/instant.js';
import type { WallClock } from '../../../core/wall-clock.js';

/** A wall-clock time and its IANA zone. */
export interface ZonedTime {
  readonly time: WallClock;
  readonly zone: string;
}

/** A time in a DST gap moves forward by the gap; an ambiguous one means the first. */
function toZonedDateTime({ time, zone }: ZonedTime): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(time.replace(' ', 'T')).toZonedDateTime(zone, {
    disambiguation: 'compatible',
  });
}

/** The instant, for calendars. */
export function toInstant(time: ZonedTime): Instant {
  return instantOf(toZonedDateTime(time).epochMilliseconds);
}

/** ISO 8601 with offset (`2026-04-25T09:00:00-03:00`), for machine-readable metadata. */
export function formatWithOffset(time: ZonedTime): string {
  return toZonedDateTime(time).toString({ timeZoneName: 'never' });
}

/** The wall-clock time as text in a language, such as `Saturday 25 April 2026 at 09:00`. */
export function formatLong({ time }: Pick<ZonedTime, 'time'>, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
  return format.format(new Date(`${time.replace(' ', 'T')}Z`));
}
