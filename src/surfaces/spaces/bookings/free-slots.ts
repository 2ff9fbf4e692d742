import { instantOf, millisecondsOf } from '../../../core/instant.js';
import type { Occurrence } from '../series/space-occurrences.js';
import type { GapRow } from './space-clashes.repository.js';

/** How many free times a refused booking is told of. */
export const NEXT_FREE_COUNT = 3;
/** How far ahead they are looked for. */
export const NEXT_FREE_DAYS = 90;

/** The first free times of a length, one after the other, out of the gaps between bookings. */
export function freeSlots(gaps: readonly GapRow[], milliseconds: number): Occurrence[] {
  const slots: Occurrence[] = [];
  for (const { free_from, free_until } of gaps) {
    const until = millisecondsOf(free_until);
    let start = millisecondsOf(free_from);
    for (; start + milliseconds <= until; start += milliseconds) {
      slots.push({ start: instantOf(start), end: instantOf(start + milliseconds) });
      if (slots.length === NEXT_FREE_COUNT) return slots;
    }
  }
  return slots;
}
