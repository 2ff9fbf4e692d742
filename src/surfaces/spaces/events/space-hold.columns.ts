import type { Instant } from '../../../core/instant.js';
import type { SpaceHold } from './space-hold.entity.js';
import type { Occurrence } from '../series/space-occurrences.js';

/** Maximum rows of a series per statement, to keep statements short. */
const CHUNK = 1000;

/** Values of a statement that reads occurrences with `unnest`. */
export function timesOf(occurrences: readonly Occurrence[]): { starts: Instant[]; ends: Instant[] } {
  return { starts: occurrences.map(({ start }) => start), ends: occurrences.map(({ end }) => end) };
}

export function statusesOf(
  occurrences: readonly Occurrence[],
  skipped: ReadonlySet<Instant> | undefined,
): SpaceHold['status'][] {
  return occurrences.map(({ start }) => (skipped?.has(start) === true ? 'skipped' : 'confirmed'));
}

export function* chunksOf(occurrences: readonly Occurrence[]): Generator<readonly Occurrence[]> {
  for (let from = 0; from < occurrences.length; from += CHUNK) yield occurrences.slice(from, from + CHUNK);
}

/** SQL expressions. */
interface WindowOfSpace {
  readonly organization: string;
  readonly space: string;
  readonly after: string;
  readonly before: string;
}

/**
 * FROM item: confirmed holds `h` of one space that overlap a window. As they do not overlap each other, ordering by end equals
 * ordering by start, so the matches are adjacent: from the first that ends after `after` to the first that ends after
 * `before`, which matches only if it starts before it. A B-tree index finds both bounds, so the cost does not depend on
 * the number of bookings. The last bound is a table of its own: in a condition, row-level security keeps a subselect from
 * the index.
 */
export function holdsInWindow({ organization, space, after, before }: WindowOfSpace): string {
  const confirmed = (hold: string): string =>
    `${hold}.organization_id = ${organization} AND ${hold}.space_id = ${space} AND ${hold}.status = 'confirmed'`;
  return `LATERAL (
      SELECT coalesce((
        SELECT last.ends_at FROM spaces.holds last WHERE ${confirmed('last')} AND last.ends_at > ${before}
         ORDER BY last.ends_at LIMIT 1), 'infinity') AS ends_at OFFSET 0) bound
    JOIN spaces.holds h ON ${confirmed('h')} AND h.ends_at > ${after} AND h.starts_at < ${before}
     AND h.ends_at <= bound.ends_at`;
}
