import { overlap } from './poll-busy-times.js';
import type { Span, ZoneClock } from './zone-clock.js';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

/** On each person's own clock; days count from Monday, 1. */
export const WORKING_HOURS = { firstDay: 1, lastDay: 5, from: 9 * HOUR, to: 17 * HOUR } as const;

/** The most days that are asked for, and how many more are searched for the next slot. */
export const SLOT_DAYS = 62;

/** Somebody whose time is asked for. */
export interface SlotPerson {
  readonly clock: ZoneClock;
  readonly busy: readonly Span[];
}

/**
 * The slots that begin in `range` and at which all people work and none is busy, earliest first. They follow each other
 * from the moment on at which all of them work.
 */
export function* freeSlots(
  people: readonly SlotPerson[],
  milliseconds: number,
  range: Span,
): Generator<Span, undefined> {
  const clocks = [...new Set(people.map(({ clock }) => clock))];
  const common = clocks.map((clock) => workingHours(clock, range)).reduce(inBoth);
  const busy = merged(people.flatMap((person) => person.busy));
  let next = 0;
  for (const hours of common) {
    for (let from = hours.from; from + milliseconds <= hours.to; from += milliseconds) {
      if (from < range.from) continue;
      if (from >= range.to) return;
      const slot = { from, to: from + milliseconds };
      while ((busy[next]?.to ?? Infinity) <= from) next++;
      const coming = busy[next];
      if (coming === undefined || !overlap(coming, slot)) yield slot;
    }
  }
}

/** Those of all days that touch the range. */
function workingHours(clock: ZoneClock, { from, to }: Span): Span[] {
  const hours: Span[] = [];
  const { firstDay, lastDay } = WORKING_HOURS;
  for (let day = Math.floor(clock.wallOf(from) / DAY) * DAY; ; day += DAY) {
    const opening = clock.momentOf(day + WORKING_HOURS.from);
    if (opening >= to) return hours;
    const weekday = new Date(day).getUTCDay();
    if (weekday >= firstDay && weekday <= lastDay)
      hours.push({ from: opening, to: clock.momentOf(day + WORKING_HOURS.to) });
  }
}

/** The times that are in both lists, which are sorted and do not overlap themselves. */
function inBoth(ones: readonly Span[], others: readonly Span[]): Span[] {
  const both: Span[] = [];
  let at = 0;
  for (const one of ones) {
    while ((others[at]?.to ?? Infinity) <= one.from) at++;
    for (let index = at; (others[index]?.from ?? Infinity) < one.to; index++) {
      const other = others[index];
      if (other !== undefined)
        both.push({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) });
    }
  }
  return both;
}

/** Sorted, with those that overlap or touch made one. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}
