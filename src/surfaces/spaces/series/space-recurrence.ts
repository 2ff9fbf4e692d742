import {
  faultIn,
  readDate,
  readDates,
  readParameters,
  readPeriods,
  RecurrenceFault,
  type FaultFactory,
  type RecurrenceDate,
  type RecurrencePeriod,
} from './space-recurrence-dates.js';

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

export interface Recurrence {
  readonly rules: readonly RecurrenceRule[];
  readonly exceptRules: readonly RecurrenceRule[];
  readonly dates: readonly RecurrenceDate[];
  readonly periods: readonly RecurrencePeriod[];
  readonly exceptDates: readonly RecurrenceDate[];
}

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
