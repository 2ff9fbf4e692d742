import { Temporal } from 'temporal-polyfill';
import { instantOf, millisecondsOf, parseInstant, type Instant } from '../../core/instant.js';

/** An instant and the zone in which it is shown. */
export interface ZonedTime {
  readonly at: Instant;
  /** IANA zone. */
  readonly zone: string;
}

/** A time given by a client; without a zone, the location's applies. */
export interface TimeInput {
  readonly dateTime: string;
  readonly zone: string | undefined;
}

const MINUTE = 60_000;
const MAX_CACHED_OFFSETS = 50_000;
const OFFSET = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Zone data before 1970 is unreliable, and PostgreSQL formats years from 10000 on differently. */
const MIN_TIME = Date.UTC(1970, 0, 1);
const MAX_TIME = Date.UTC(9990, 0, 1);

/** Whether a text is a valid date and time, with or without an offset. */
export function isDateTime(text: string): boolean {
  return parseInstant(text) !== undefined;
}

/** Whether a text contains an offset. */
export function hasOffset(text: string): boolean {
  return !DATE.test(text) && OFFSET.test(text.slice(10));
}

/**
 * Reads a time: with an offset as that instant, else as local time in its zone. A time in a DST gap moves forward by
 * the gap; an ambiguous one means the first. Returns a message if it is invalid.
 */
export function readTime(input: TimeInput, fallbackZone: string): ZonedTime | string {
  const zone = input.zone ?? fallbackZone;
  const read = parseInstant(input.dateTime);
  if (read === undefined) return 'must be an existing date and time';
  const milliseconds = hasOffset(input.dateTime)
    ? millisecondsOf(read)
    : resolveLocalTime(read.slice(0, 19), zone);
  if (milliseconds === undefined) return `names a date that ${zone} left out`;
  if (milliseconds < MIN_TIME || milliseconds >= MAX_TIME) return 'must lie in the years 1970 to 9989';
  return { at: instantOf(Math.floor(milliseconds / 1000) * 1000), zone };
}

function resolveLocalTime(localTime: string, zone: string): number | undefined {
  const plain = Temporal.PlainDateTime.from(localTime);
  if (startOfDay(plain.toPlainDate(), zone) === undefined) return undefined;
  return plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/**
 * The start of a date in a zone: midnight, or 01:00 if DST skips it; `undefined` if the zone skipped the whole date.
 */
export function startOfDay(date: Temporal.PlainDate, zone: string): Temporal.ZonedDateTime | undefined {
  const start = date.toZonedDateTime(zone);
  return start.toPlainDate().equals(date) ? start : undefined;
}

export function zoned(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone);
}

/** Whether an instant is the start of a day in its zone. */
export function isStartOfDay({ at, zone }: ZonedTime): boolean {
  const time = zoned(at, zone);
  return time.startOfDay().epochMilliseconds === time.epochMilliseconds;
}

/** `2026-03-08T09:00:00-0400`: local time with offset. */
export function formatTime(at: Instant, zone: string): string {
  const { minutes, text } = offsetAt(at, zone);
  const hour = Number(at.slice(11, 13)) + minutes / 60;
  // Usually only the hour differs, and slicing the text is far cheaper than date arithmetic.
  if (Number.isInteger(hour) && hour >= 0 && hour < 24)
    return `${at.slice(0, 11)}${twoDigits(hour)}${at.slice(13, 19)}${text}`;
  return `${instantOf(millisecondsOf(at) + minutes * MINUTE).slice(0, 19)}${text}`;
}

/** `2026-03-08T13:00:00+0000` */
export function formatUtc(at: Instant): string {
  return `${at.slice(0, 19)}+0000`;
}

/** `20260308T130000Z`, as in iCalendar's RECURRENCE-ID. */
export function formatRecurrenceId(at: Instant): string {
  return `${at.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** Parses `20260308T130000Z`; `undefined` if it is not a valid instant. */
export function readRecurrenceId(text: string): Instant | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

interface Offset {
  readonly minutes: number;
  /** `-0400` */
  readonly text: string;
}

/** Cache of offsets by zone and UTC minute. */
const offsets = new Map<string, Map<string, Offset>>();
let cachedOffsets = 0;

function offsetAt(at: Instant, zone: string): Offset {
  const minute = at.slice(0, 16);
  const cached = offsets.get(zone)?.get(minute);
  if (cached !== undefined) return cached;
  if (++cachedOffsets > MAX_CACHED_OFFSETS) {
    offsets.clear();
    cachedOffsets = 1;
  }
  const minutes = Math.round(zoned(at, zone).offsetNanoseconds / 6e10);
  const magnitude = Math.abs(minutes);
  const text = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(magnitude / 60))}${twoDigits(magnitude % 60)}`;
  const offset = { minutes, text };
  const ofZone = offsets.get(zone);
  if (ofZone === undefined) offsets.set(zone, new Map([[minute, offset]]));
  else ofZone.set(minute, offset);
  return offset;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
