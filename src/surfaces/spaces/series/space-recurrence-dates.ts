import { Temporal } from 'temporal-polyfill';
import { parseInstant } from '../../../core/instant.js';
import { isTimeZone } from '../../../core/time-zone.js';

/** A date: a whole day, an instant, or a local time in a zone (the event's own if undefined). */
export type RecurrenceDate =
  | { readonly kind: 'day'; readonly date: string }
  | { readonly kind: 'instant'; readonly at: string }
  | { readonly kind: 'wall'; readonly time: string; readonly zone: string | undefined };

/** An occurrence with an end of its own: a time, or how long it lasts (RFC 5545 3.3.9). */
export interface RecurrencePeriod {
  readonly start: TimedDate;
  readonly end: TimedDate | Temporal.Duration;
  /** The line it stands in, for messages. */
  readonly line: string;
}

type TimedDate = Exclude<RecurrenceDate, { kind: 'day' }>;

/** A line that cannot be parsed; the message names it. */
export class RecurrenceFault extends Error {}

export type FaultFactory = (reason: string) => RecurrenceFault;

export function faultIn(line: string, reason: string): RecurrenceFault {
  return new RecurrenceFault(`${reason}: ${line.length > 120 ? `${line.slice(0, 117)}…` : line}`);
}

interface DateParameters {
  /** TZID */
  readonly zone: string | undefined;
  /** VALUE */
  readonly type: string | undefined;
}

export function readParameters(parameters: string, fault: FaultFactory): DateParameters {
  let zone: string | undefined;
  let type: string | undefined;
  for (const parameter of parameters.split(';').slice(1)) {
    const [name = '', text = ''] = parameter.split('=', 2);
    if (name.toUpperCase() === 'TZID') zone = text.replaceAll('"', '').replace(/^\//, '');
    else if (name.toUpperCase() === 'VALUE') type = text.toUpperCase();
    else throw fault(`has an unknown parameter ${name}`);
  }
  if (zone !== undefined && !isTimeZone(zone)) throw fault(`names a zone that is not known, ${zone}`);
  return { zone, type };
}

export function readDates(
  value: string,
  zone: string | undefined,
  type: string | undefined,
  fault: FaultFactory,
): RecurrenceDate[] {
  if (type !== undefined && type !== 'DATE' && type !== 'DATE-TIME')
    throw fault(`has dates of a kind that is not read, ${type}`);
  return value.split(',').map((text) => {
    const date = readDate(text.trim().toUpperCase(), zone, fault);
    if (type !== undefined && (date.kind === 'day') !== (type === 'DATE'))
      throw fault(`has a faulty date ${text}`);
    return date;
  });
}

const DURATION =
  /^\+?P(?:(?<weeks>\d{1,4})W|(?=\d|T\d)(?:(?<days>\d{1,5})D)?(?:T(?=\d)(?:(?<hours>\d{1,6})H)?(?:(?<minutes>\d{1,8})M)?(?:(?<seconds>\d{1,9})S)?)?)$/;

export function readPeriods(
  line: string,
  value: string,
  zone: string | undefined,
  fault: FaultFactory,
): RecurrencePeriod[] {
  return value.split(',').map((text) => {
    const [first = '', last = ''] = text.trim().toUpperCase().split('/');
    const start = readDate(first, zone, fault);
    const parts = DURATION.exec(last)?.groups;
    const end = parts === undefined ? readDate(last, zone, fault) : durationOf(parts);
    if (start.kind === 'day' || ('kind' in end && end.kind === 'day') || text.split('/').length !== 2)
      throw fault(`has a faulty period ${text}`);
    const period = { start, end, line };
    // The zone of the event is not known here, but lengths differ between zones only where clocks change.
    assertLongEnough(period, periodIn(period, 'UTC'));
    return period;
  });
}

function durationOf(parts: Readonly<Record<string, string | undefined>>): Temporal.Duration {
  return Temporal.Duration.from(
    Object.fromEntries(Object.entries(parts).map(([unit, amount]) => [unit, Number(amount ?? 0)])),
  );
}

const MIN_PERIOD_MS = 5 * 60_000;
/** Later than any accepted time. */
const LAST_END = Date.UTC(9990, 0, 1);

/** The start and end of a period in milliseconds; throws a `RecurrenceFault` if it is shorter than a booking may be. */
export function timesOfPeriod(period: RecurrencePeriod, zone: string): { start: number; end: number } {
  const times = periodIn(period, zone);
  assertLongEnough(period, times);
  return times;
}

function periodIn({ start, end }: RecurrencePeriod, zone: string): { start: number; end: number } {
  const from = timeOf(start, zone);
  const to = 'kind' in end ? timeOf(end as TimedDate, zone) : from.add(end);
  return { start: from.epochMilliseconds, end: to.epochMilliseconds };
}

function assertLongEnough({ line }: RecurrencePeriod, times: { start: number; end: number }): void {
  if (times.end - times.start < MIN_PERIOD_MS) throw faultIn(line, 'has a period shorter than 5 minutes');
  if (times.end >= LAST_END) throw faultIn(line, 'has a period that ends after the year 9989');
}

export function readDate(text: string, zone: string | undefined, fault: FaultFactory): RecurrenceDate {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  if (year === undefined || year === '0000' || parseInstant(date) === undefined)
    throw fault(`has a faulty date ${text}`);
  if (hour === undefined) return { kind: 'day', date };
  const time = `${date}T${hour}:${minute}:${second}`;
  if (parseInstant(`${time}Z`) === undefined) throw fault(`has a faulty date ${text}`);
  return utc === undefined ? { kind: 'wall', time, zone } : { kind: 'instant', at: `${time}Z` };
}

/** The instant of a date with a time; gaps and overlaps are resolved as for a single local time. */
export function timeOf(date: Exclude<RecurrenceDate, { kind: 'day' }>, zone: string): Temporal.ZonedDateTime {
  return date.kind === 'instant'
    ? Temporal.Instant.from(date.at).toZonedDateTimeISO(zone)
    : Temporal.PlainDateTime.from(date.time)
        .toZonedDateTime(date.zone ?? zone)
        .withTimeZone(zone);
}
