import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { instantOf, millisecondsOf, type Instant } from '../../../core/instant.js';
import type { Recurrence, RecurrenceRule } from './space-recurrence.js';
import { timeOf, timesOfPeriod, type RecurrenceDate } from './space-recurrence-dates.js';
import { startOfDay, zoned } from '../space-time.js';

/** The first occurrence, which the rules repeat. */
export interface Pattern {
  readonly start: Instant;
  readonly end: Instant;
  /** Zone in which the wall-clock time is kept. */
  readonly zone: string;
  readonly isAllDay: boolean;
}

export interface Occurrence {
  readonly start: Instant;
  readonly end: Instant;
}

/** Maximum occurrences of a series: in total if it is finite, within the horizon if it is endless. */
export const MAX_OCCURRENCES = 10_000;

/** More than `MAX_OCCURRENCES`, or a rule for which the library gives up searching. */
export class TooManyOccurrences extends Error {}

/** Whether a recurrence never ends. */
export function isEndless({ rules }: Recurrence): boolean {
  return rules.some(({ count, until }) => count === undefined && until === undefined);
}

/**
 * All occurrences that start before `before`, in order, beginning with the first or at `from`. The first booking always
 * counts as the first occurrence, even if the rule does not match it (RFC 5545 3.8.5.3). Wall-clock time is kept; local
 * times in a DST gap are skipped. The duration is exact for timed events (RFC 5545) and counted in days for all-day
 * events.
 */
export function expand(
  recurrence: Recurrence,
  pattern: Pattern,
  before: Instant,
  from: Instant = pattern.start,
): Occurrence[] {
  const expansion = pattern.isAllDay ? allDayExpansion(pattern) : timedExpansion(pattern);
  const limit = millisecondsOf(before);
  const earliest = from > pattern.start ? millisecondsOf(from) : -Infinity;
  const included = new Set<number>();
  for (const rule of recurrence.rules)
    for (const start of expansion.startsOf(rule, earliest, limit, true)) included.add(start);
  if (recurrence.rules.length === 0) included.add(millisecondsOf(pattern.start));
  for (const date of recurrence.dates) {
    const start = expansion.startOn(date);
    if (start !== undefined && start < limit) included.add(start);
  }
  // A period lasts as long as it says, also where a rule has an occurrence at its start.
  const ends = new Map<number, number>();
  for (const period of recurrence.periods) {
    const { start, end } = expansion.periodOf(timesOfPeriod(period, pattern.zone));
    if (start >= limit) continue;
    included.add(start);
    ends.set(start, end);
  }
  const excluded = new Set<number>();
  // EXRULE may be endless; it only needs expanding up to the last included start.
  const last = [...included].reduce((latest, start) => Math.max(latest, start), -Infinity);
  for (const rule of recurrence.exceptRules)
    for (const start of expansion.startsOf(rule, earliest, last + 1, false)) excluded.add(start);
  const days = new Set<string>();
  for (const date of recurrence.exceptDates) {
    if (date.kind === 'day') days.add(date.date);
    else excluded.add(timeOf(date, pattern.zone).epochMilliseconds);
  }
  const starts = [...included]
    .filter(
      (start) =>
        start >= earliest &&
        !excluded.has(start) &&
        !(days.size > 0 && days.has(dateOf(start, pattern.zone))),
    )
    .sort((left, right) => left - right);
  if (starts.length > MAX_OCCURRENCES) throw new TooManyOccurrences();
  return starts.map((start) => ({
    start: instantOf(start),
    end: instantOf(ends.get(start) ?? expansion.endOf(start)),
  }));
}

/** The first occurrence that overlaps its successor; such a series cannot be booked. */
export function firstOverlap(occurrences: readonly Occurrence[]): Occurrence | undefined {
  return occurrences.find((occurrence, index) => {
    const next = occurrences[index + 1];
    return next !== undefined && next.start < occurrence.end;
  });
}

/** Expands rules for timed or for all-day events. */
interface Expansion {
  /** `includeFirst`: the first booking counts even if the rule does not match it. */
  startsOf(rule: RecurrenceRule, from: number, before: number, includeFirst: boolean): number[];
  startOn(date: RecurrenceDate): number | undefined;
  endOf(start: number): number;
  /** The times of a period, as far as the event's times allow them. */
  periodOf(times: { readonly start: number; readonly end: number }): { start: number; end: number };
}

/** Timed events: wall-clock time in the zone. */
function timedExpansion({ start, end, zone }: Pattern): Expansion {
  const first = zoned(start, zone);
  const length = millisecondsOf(end) - millisecondsOf(start);
  return {
    startsOf: (rule, from, before, includeFirst) => startsOf(rule, first, from, before, includeFirst),
    startOn: (date) =>
      date.kind === 'day'
        ? Temporal.PlainDate.from(date.date).toZonedDateTime({
            timeZone: zone,
            plainTime: first.toPlainTime(),
          }).epochMilliseconds
        : timeOf(date, zone).epochMilliseconds,
    endOf: (occurrence) => occurrence + length,
    periodOf: ({ start: from, end: to }) => ({ start: from, end: to }),
  };
}

/** Every zone is less than this far from UTC. */
const ZONE_MARGIN = 2 * 86_400_000;

/**
 * All-day events: rules are expanded as dates, which have no gaps, and each date is then mapped to its start in the
 * zone. Dates that the zone skipped altogether yield nothing.
 */
function allDayExpansion({ start, end, zone }: Pattern): Expansion {
  const firstDate = zoned(start, zone).toPlainDate();
  const days = firstDate.until(zoned(end, zone).toPlainDate(), { largestUnit: 'day' }).days;
  const first = firstDate.toZonedDateTime('UTC');
  const startOfDate = (date: Temporal.PlainDate): number | undefined =>
    startOfDay(date, zone)?.epochMilliseconds;
  return {
    startsOf: (rule, from, before, includeFirst) =>
      startsOf(toDateRule(rule, zone), first, from - ZONE_MARGIN, before + ZONE_MARGIN, includeFirst)
        .map((midnight) => startOfDate(dateAt(midnight)))
        .filter((at) => at !== undefined)
        .slice(0, rule.count)
        .filter((at) => at < before),
    startOn: (date) =>
      startOfDate(
        date.kind === 'day' ? Temporal.PlainDate.from(date.date) : timeOf(date, zone).toPlainDate(),
      ),
    endOf: (occurrence) =>
      zoned(instantOf(occurrence), zone).toPlainDate().add({ days }).toZonedDateTime(zone).epochMilliseconds,
    // Whole days, up to the one in which the period ends.
    periodOf: ({ start: from, end: to }) => ({
      start: zoned(instantOf(from), zone).startOfDay().epochMilliseconds,
      end: zoned(instantOf(to - 1), zone)
        .add({ days: 1 })
        .startOfDay().epochMilliseconds,
    }),
  };
}

function dateAt(milliseconds: number): Temporal.PlainDate {
  return Temporal.PlainDate.from(instantOf(milliseconds).slice(0, 10));
}

function dateOf(milliseconds: number, zone: string): string {
  return zoned(instantOf(milliseconds), zone).toPlainDate().toString();
}

/** The rule for an all-day event: parts that select a time of day are ignored, and UNTIL is a date. */
function toDateRule(
  {
    freq,
    interval,
    count,
    until,
    byDay,
    byMonth,
    byMonthDay,
    byYearDay,
    byWeekNo,
    bySetPos,
    wkst,
  }: RecurrenceRule,
  zone: string,
): RecurrenceRule {
  const dates = Object.fromEntries(
    Object.entries({ interval, byDay, byMonth, byMonthDay, byYearDay, byWeekNo, bySetPos, wkst }).filter(
      ([, part]) => part !== undefined,
    ),
  );
  // One extra, because a date skipped by the zone does not count.
  if (count !== undefined) return { ...dates, freq, count: count + 1 };
  if (until === undefined) return { ...dates, freq };
  const last = until.kind === 'day' ? until.date : timeOf(until, zone).toPlainDate().toString();
  return { ...dates, freq, until: { kind: 'instant', at: `${last}T00:00:00Z` } };
}

/** Periods without a match after which the library gives up. */
const MAX_PERIODS = MAX_OCCURRENCES + 2_000;

function startsOf(
  { until, interval, ...parts }: RecurrenceRule,
  first: Temporal.ZonedDateTime,
  from: number,
  before: number,
  includeFirst: boolean,
): number[] {
  if ((parts.count ?? 0) > MAX_OCCURRENCES + 1) throw new TooManyOccurrences();
  const start = first.epochMilliseconds;
  const last = until === undefined ? undefined : untilInstant(until, first.timeZoneId);
  try {
    const rule = new RRuleTemporal({
      ...parts,
      ...(interval !== undefined && { interval }),
      ...(last !== undefined && { until: last }),
      dtstart: first,
      maxIterations: MAX_PERIODS,
    });
    if (parts.count !== undefined) {
      const matches = rule.all().map(({ epochMilliseconds }) => epochMilliseconds);
      // The library's own `includeDtstart` loses the first booking if there is a BYSETPOS.
      const all = includeFirst && matches[0] !== start ? [start, ...matches].slice(0, parts.count) : matches;
      return all.filter((at) => at < before);
    }
    const end = Math.min(before - 1, last?.epochMilliseconds ?? Infinity);
    const matches = end < start ? [] : expandInSteps(rule, Math.max(start, from), end);
    return includeFirst && start < before ? [start, ...matches] : matches;
  } catch (error) {
    if (error instanceof TooManyOccurrences) throw error;
    throw new TooManyOccurrences(undefined, { cause: error });
  }
}

/** The library expands a whole window at once, so the window grows in steps to stop dense rules early. */
function expandInSteps(rule: RRuleTemporal, first: number, last: number): number[] {
  const found: number[] = [];
  let from = first;
  for (let step = 86_400_000; from <= last; step *= 4) {
    const to = Math.min(from + step, last);
    for (const { epochMilliseconds } of rule.between(new Date(from), new Date(to), true))
      found.push(epochMilliseconds);
    if (found.length > MAX_OCCURRENCES) throw new TooManyOccurrences();
    from = to + 1;
  }
  return found;
}

function untilInstant(until: RecurrenceDate, zone: string): Temporal.ZonedDateTime {
  if (until.kind !== 'day') return timeOf(until, zone);
  return Temporal.PlainDate.from(until.date).add({ days: 1 }).toZonedDateTime(zone).subtract({ seconds: 1 });
}
