import { instantOf, millisecondsOf } from '../../../core/instant.js';
import type { Occurrence } from '../series/space-occurrences.js';
import type { GapRow } from './space-clashes.repository.js';

/** Number of free slots offered when a booking is rejected. */
export const NEXT_FREE_COUNT = 3;
/** How many days ahead to search for them. */
export const NEXT_FREE_DAYS = 90;

/** The first consecutive slots of the given length that fit into the gaps between bookings. */
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
