import type { Instant } from '../../core/instant.js';
import type { Occurrence } from './space-occurrences.js';

/** Rows of a series that are written or looked up at once, so that no statement runs long. */
const CHUNK = 1000;

/** Starts and ends, as two arrays for one `unnest`. */
export function timesOf(occurrences: readonly Occurrence[]): [Instant[], Instant[]] {
  return [occurrences.map(({ start }) => start), occurrences.map(({ end }) => end)];
}

export function statusesOf(
  occurrences: readonly Occurrence[],
  skipped: ReadonlySet<Instant> | undefined,
): string[] {
  return occurrences.map(({ start }) => (skipped?.has(start) === true ? 'skipped' : 'confirmed'));
}

export function* chunksOf(occurrences: readonly Occurrence[]): Generator<readonly Occurrence[]> {
  for (let from = 0; from < occurrences.length; from += CHUNK) yield occurrences.slice(from, from + CHUNK);
}
