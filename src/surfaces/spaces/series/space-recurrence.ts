import { Temporal } from 'temporal-polyfill';
import { parseInstant } from '../../../core/instant.js';
import { isTimeZone } from '../../../core/time-zone.js';

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A parsed rule; names as in RFC 5545. */
export interface RecurrenceRule {
  readonly freq: Frequency;
  readonly interval?: number;
  readonly count?: number;
  readonly until?: RecurrenceDate;
  readonly byHour?: number[];
  readonly byMinute?: number[];
  readonly bySecond?: number[];
  readonly byDay?: string[];
  readonly byMonth?: number[];
  readonly byMonthDay?: number[];
  readonly byYearDay?: number[];
  readonly byWeekNo?: number[];
  readonly bySetPos?: number[];
  readonly wkst?: string;
}

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

export interface Recurrence {
  readonly rules: readonly RecurrenceRule[];
  readonly exceptRules: readonly RecurrenceRule[];
  readonly dates: readonly RecurrenceDate[];
  readonly periods: readonly RecurrencePeriod[];
  readonly exceptDates: readonly RecurrenceDate[];
}

/** A line that cannot be parsed; the message names it. */
export class RecurrenceFault extends Error {}

const WEEKDAYS = 'MO|TU|WE|TH|FR|SA|SU';
const MAX_LINE_LENGTH = 20_000;

/** Parses RRULE, EXRULE, RDATE and EXDATE lines; throws a `RecurrenceFault` for the first invalid one. */
export function readRecurrence(lines: readonly string[]): Recurrence {
  const read: { [Key in keyof Recurrence]: Recurrence[Key][number][] } = {
    rules: [],
    exceptRules: [],
    dates: [],
    periods: [],
    exceptDates: [],
  };
  for (const line of lines) {
    const fault = (reason: string): RecurrenceFault => faultIn(line, reason);
    const [, name = '', parameters = '', value = ''] =
      /^([A-Za-z]+)((?:;[^:]*)?):(.*)$/s.exec(line.trim()) ?? [];
    if (line.length > MAX_LINE_LENGTH) throw fault('is too long');
    switch (name.toUpperCase()) {
      case 'RRULE':
        read.rules.push(readRule(value, parameters, fault));
        break;
      case 'EXRULE':
        read.exceptRules.push(readRule(value, parameters, fault));
        break;
      case 'RDATE': {
        const { zone, type } = readParameters(parameters, fault);
        if (type === 'PERIOD') read.periods.push(...readPeriods(line, value, zone, fault));
        else read.dates.push(...readDates(value, zone, type, fault));
        break;
      }
      case 'EXDATE': {
        const { zone, type } = readParameters(parameters, fault);
        read.exceptDates.push(...readDates(value, zone, type, fault));
        break;
      }
      default:
        throw fault('is no RRULE, EXRULE, RDATE or EXDATE line');
    }
  }
  if (read.rules.length === 0 && read.dates.length === 0 && read.periods.length === 0) {
    throw new RecurrenceFault('needs an RRULE or an RDATE line');
  }
  return read;
}

function faultIn(line: string, reason: string): RecurrenceFault {
  return new RecurrenceFault(`${reason}: ${line.length > 120 ? `${line.slice(0, 117)}…` : line}`);
}

type FaultFactory = (reason: string) => RecurrenceFault;

interface ListPart {
  readonly key: keyof RecurrenceRule;
  readonly low: number;
  readonly high: number;
  /** Whether negative numbers, which count from the end, are allowed. */
  readonly signed?: true;
}

const LIST_PARTS: Readonly<Record<string, ListPart>> = {
  BYSECOND: { key: 'bySecond', low: 0, high: 59 },
  BYMINUTE: { key: 'byMinute', low: 0, high: 59 },
  BYHOUR: { key: 'byHour', low: 0, high: 23 },
  BYMONTHDAY: { key: 'byMonthDay', low: 1, high: 31, signed: true },
  BYYEARDAY: { key: 'byYearDay', low: 1, high: 366, signed: true },
  BYWEEKNO: { key: 'byWeekNo', low: 1, high: 53, signed: true },
  BYMONTH: { key: 'byMonth', low: 1, high: 12 },
  BYSETPOS: { key: 'bySetPos', low: 1, high: 366, signed: true },
};

function readRule(value: string, parameters: string, fault: FaultFactory): RecurrenceRule {
  if (parameters !== '') throw fault('takes no parameters');
  const rule: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const part of value.toUpperCase().replace(/;$/, '').split(';')) {
    const [name = '', text = ''] = part.split('=', 2);
    if (seen.has(name) || part.split('=').length !== 2) throw fault(`has a faulty part ${part}`);
    seen.add(name);
    const list = LIST_PARTS[name];
    if (list !== undefined) {
      rule[list.key] = text
        .split(',')
        .map((item) => parseNumber(item, list.low, list.high, list.signed, fault));
      continue;
    }
    switch (name) {
      case 'FREQ':
        if (!FREQUENCIES.some((result) => result === text))
          throw fault(`FREQ must be ${FREQUENCIES.join(', ')}`);
        rule.freq = text;
        break;
      case 'INTERVAL':
        rule.interval = parseNumber(text, 1, 10_000, undefined, fault);
        break;
      case 'COUNT':
        rule.count = parseNumber(text, 1, 1_000_000, undefined, fault);
        break;
      case 'UNTIL':
        rule.until = readDate(text, undefined, fault);
        break;
      case 'BYDAY':
        rule.byDay = text.split(',').map((day) => parseWeekday(day, fault));
        break;
      case 'WKST':
        if (!new RegExp(`^(?:${WEEKDAYS})$`).test(text)) throw fault('has a faulty WKST');
        rule.wkst = text;
        break;
      default:
        throw fault(`has an unknown part ${name}`);
    }
  }
  const result = rule as unknown as RecurrenceRule;
  assertConsistent(result, fault);
  return result;
}

/** Rejects combinations that RFC 5545 forbids. */
function assertConsistent(rule: RecurrenceRule, fault: FaultFactory): void {
  const { freq } = rule;
  const ordinals = (rule.byDay ?? []).some((day) => day.length > 2);
  if ((freq as string | undefined) === undefined) throw fault('needs a FREQ');
  if (rule.count !== undefined && rule.until !== undefined) throw fault('has both COUNT and UNTIL');
  if (ordinals && freq !== 'MONTHLY' && freq !== 'YEARLY')
    throw fault('counts weekdays outside of MONTHLY and YEARLY');
  if (
    ordinals &&
    freq === 'MONTHLY' &&
    (rule.byDay ?? []).some((day) => Math.abs(Number.parseInt(day, 10)) > 5)
  )
    throw fault('counts more weekdays than a month has');
  if (ordinals && rule.byWeekNo !== undefined) throw fault('counts weekdays of a week');
  if (rule.byWeekNo !== undefined && freq !== 'YEARLY') throw fault('has BYWEEKNO outside of YEARLY');
  if (rule.byYearDay !== undefined && freq !== 'YEARLY') throw fault('has BYYEARDAY outside of YEARLY');
  if (rule.byMonthDay !== undefined && freq === 'WEEKLY') throw fault('has BYMONTHDAY in WEEKLY');
  const others = [
    rule.byDay,
    rule.byMonth,
    rule.byMonthDay,
    rule.byYearDay,
    rule.byWeekNo,
    rule.byHour,
    rule.byMinute,
    rule.bySecond,
  ];
  if (rule.bySetPos !== undefined && others.every((part) => part === undefined))
    throw fault('has BYSETPOS and nothing to choose from');
}

function parseNumber(
  text: string,
  low: number,
  high: number,
  signed: true | undefined,
  fault: FaultFactory,
): number {
  const number = /^[+-]?\d{1,7}$/.test(text) ? Number(text) : NaN;
  const magnitude = signed === true ? Math.abs(number) : number;
  if (magnitude >= low && magnitude <= high) return number;
  throw fault(`has a faulty number ${text}`);
}

function parseWeekday(text: string, fault: FaultFactory): string {
  const [, ordinal, weekday] = new RegExp(`^([+-]?\\d{1,2})?(${WEEKDAYS})$`).exec(text) ?? [];
  const number = ordinal === undefined ? undefined : Number(ordinal);
  if (weekday === undefined || number === 0 || Math.abs(number ?? 1) > 53)
    throw fault(`has a faulty weekday ${text}`);
  return number === undefined ? weekday : `${number}${weekday}`;
}

interface DateParameters {
  /** TZID */
  readonly zone: string | undefined;
  /** VALUE */
  readonly type: string | undefined;
}

function readParameters(parameters: string, fault: FaultFactory): DateParameters {
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

function readDates(
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

function readPeriods(
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

function readDate(text: string, zone: string | undefined, fault: FaultFactory): RecurrenceDate {
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
