import type { Instant } from '../../../core/instant.js';
import type { Occurrence } from '../series/space-occurrences.js';

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

/**
 * Which confirmed holds `h` of one space meet a window. They do not overlap, so in the order of their ends they stand
 * in a row: from the first that ends after `after`, to the one that ends next after `before`, which counts if it starts
 * before that. An ordinary index finds both ends of the row and nothing else, however much is booked.
 */
export function inWindowOfSpace(space: string, after: string, before: string, organization = '$1'): string {
  const confirmed = (hold: string): string =>
    `${hold}.organization_id = ${organization} AND ${hold}.space_id = ${space} AND ${hold}.status = 'confirmed'`;
  return `${confirmed('h')} AND h.ends_at > ${after} AND h.starts_at < ${before}
    AND h.ends_at <= coalesce((
      SELECT last.ends_at FROM spaces.holds last WHERE ${confirmed('last')} AND last.ends_at > ${before}
       ORDER BY last.ends_at LIMIT 1), 'infinity')`;
}
