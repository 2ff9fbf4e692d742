import { invalid, type Failure, type Fault } from '../../../core/failure.js';
import { instantOf, millisecondsOf, type Instant } from '../../../core/instant.js';
import {
  expand,
  firstOverlap,
  isEndless,
  MAX_OCCURRENCES,
  TooManyOccurrences,
  type Occurrence,
} from './space-occurrences.js';
import { readRecurrence } from './space-recurrence.js';
import { RecurrenceFault } from './space-recurrence-dates.js';
import { isStartOfDay, readTime, formatRecurrenceId, type TimeInput, type ZonedTime } from '../space-time.js';

/** The requested times of an event. */
export interface RequestedTimes {
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly isAllDay: boolean;
  /** RFC 5545 lines; null for a single booking. */
  readonly recurrence: readonly string[] | null;
}

/** The occurrences for which an event occupies its space. */
export interface Schedule extends RequestedTimes {
  readonly occurrences: readonly Occurrence[];
  /** How far an endless series is held; null if all of it is. */
  readonly heldUntil: Instant | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MIN_MINUTES = 5;
/** Later than any accepted time. */
const MAX_INSTANT = '9990-01-01T00:00:00.000Z' as Instant;

const bodyFault = (field: string, message: string): Fault => ({
  location: 'body',
  field,
  message: `${field} ${message}`,
});

/** Reads both times; a fault names its field. */
export function readTimes(
  input: { readonly start: TimeInput | ZonedTime; readonly end: TimeInput | ZonedTime },
  zone: string,
): { readonly start: ZonedTime; readonly end: ZonedTime } {
  const start = 'at' in input.start ? input.start : readTime(input.start, zone);
  const end = 'at' in input.end ? input.end : readTime(input.end, zone);
  const faults: Fault[] = [];
  if (typeof start === 'string') faults.push(bodyFault('start', start));
  if (typeof end === 'string') faults.push(bodyFault('end', end));
  if (typeof start === 'string' || typeof end === 'string') throw invalid(faults);
  return { start, end };
}

/** Validates two known times. Faults are reported for `start` and `end`, even if the client used the older aliases. */
export function timeFault(start: Instant, end: Instant): string | undefined {
  const length = millisecondsOf(end) - millisecondsOf(start);
  if (length <= 0) return 'must be after start';
  return length < MIN_MINUTES * MINUTE ? `must be at least ${MIN_MINUTES} minutes after start` : undefined;
}

/** Expands all occurrences, or fails if the times are invalid. */
export function scheduleOf(requested: RequestedTimes, now: Instant, horizonDays: number): Schedule {
  const { start, end, isAllDay, recurrence } = requested;
  const faults: Fault[] = [];
  const fault = timeFault(start.at, end.at);
  if (fault !== undefined) faults.push(bodyFault('end', fault));
  if (isAllDay && !isStartOfDay(start))
    faults.push(bodyFault('start', 'must be the start of a day for an all-day event'));
  if (isAllDay && !isStartOfDay(end))
    faults.push(bodyFault('end', 'must be the start of a later day for an all-day event'));
  if (faults.length > 0) throw invalid(faults);
  if (recurrence === null) {
    return { ...requested, occurrences: [{ start: start.at, end: end.at }], heldUntil: null };
  }
  const read = readRecurrence(recurrence);
  const heldUntil = isEndless(read) ? horizonFrom(start.at > now ? start.at : now, horizonDays) : null;
  const pattern = { start: start.at, end: end.at, zone: start.zone, isAllDay };
  let occurrences: Occurrence[];
  try {
    occurrences = expand(read, pattern, heldUntil ?? MAX_INSTANT);
  } catch (error) {
    if (error instanceof TooManyOccurrences) throw tooManyOccurrences();
    if (error instanceof RecurrenceFault) throw invalid([bodyFault('recurrence', error.message)]);
    throw error;
  }
  if (occurrences.length === 0) throw invalid([bodyFault('recurrence', 'leaves no occurrence')]);
  const overlap = firstOverlap(occurrences);
  if (overlap !== undefined)
    throw invalid([bodyFault('recurrence', `overlaps itself after ${formatRecurrenceId(overlap.start)}`)]);
  return { ...requested, occurrences, heldUntil };
}

/** Occurrences of an endless series between its current and a later horizon. */
export function occurrencesBetween(
  times: RequestedTimes & { readonly recurrence: readonly string[] },
  from: Instant,
  until: Instant,
): Occurrence[] {
  const { start, end, isAllDay, recurrence } = times;
  const pattern = { start: start.at, end: end.at, zone: start.zone, isAllDay };
  return expand(readRecurrence(recurrence), pattern, until, from);
}

export function horizonFrom(from: Instant, horizonDays: number): Instant {
  return instantOf(millisecondsOf(from) + horizonDays * DAY);
}

function tooManyOccurrences(): Failure {
  return invalid([
    bodyFault(
      'recurrence',
      `has more than ${MAX_OCCURRENCES} occurrences, or a rule that is hardly ever met`,
    ),
  ]);
}
