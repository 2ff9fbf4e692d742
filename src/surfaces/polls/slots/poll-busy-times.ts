import { Temporal } from 'temporal-polyfill';
import { millisecondsOf, nearestInstant, type Instant } from '../../../core/instant.js';
import { allDayZone, confirmedDateOf, type PollEventRow } from '../events/poll-event.js';
import { timesOf } from '../notifications/poll-calendar.js';
import type { Span, ZoneClock } from './zone-clock.js';
import { hasDeclined } from '../notifications/poll-mail-recipients.js';

/** When an event takes place; all-day times are midnights in UTC that stand for these days on any clock. */
export interface BusyTime {
  readonly starts_at: Instant;
  readonly ends_at: Instant;
  readonly all_day: boolean;
}

/** When a confirmed event takes place, and the users who take part: the organiser, and who did not decline. */
export function busyTimeOf(
  event: PollEventRow,
): { readonly time: BusyTime; readonly users: readonly string[] } | undefined {
  const date = event.confirmed_flag ? confirmedDateOf(event) : undefined;
  if (date === undefined) return undefined;
  const users = event.invitees
    .filter((invitee) => invitee.user === event.creator_user || !hasDeclined(event, invitee))
    .map(({ user }) => user);
  return { time: timeOf(allDayZone(event), date), users };
}

/** When an event in `zone` takes place on a date. */
export function timeOf(zone: string, date: Parameters<typeof timesOf>[1]): BusyTime {
  const { start, end } = timesOf(zone, date);
  return date.all_day
    ? { starts_at: midnightOf(start), ends_at: midnightOf(end), all_day: true }
    : { starts_at: date.date, ends_at: date.end_date, all_day: false };
}

/** A busy time on a person's clock. */
export function spanOn(clock: ZoneClock, { starts_at, ends_at, all_day }: BusyTime): Span {
  const [from, to] = [millisecondsOf(starts_at), millisecondsOf(ends_at)];
  return all_day ? { from: clock.momentOf(from), to: clock.momentOf(to) } : { from, to };
}

/** Touching times do not overlap. */
export function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}

/** The first moment of a day (`YYYY-MM-DD`) in `zone`, in milliseconds since 1970. */
export function startOfDay(day: string, zone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

function midnightOf(day: string): Instant {
  return nearestInstant(startOfDay(day, 'UTC'));
}
