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

function confirmed(hold: string, { organization, space }: WindowOfSpace): string {
  return `${hold}.organization_id = ${organization} AND ${hold}.space_id = ${space} AND ${hold}.status = 'confirmed'`;
}

/** FROM item: the end of the last hold that can overlap the window. */
function boundOf(window: WindowOfSpace): string {
  return `LATERAL (
      SELECT coalesce((
        SELECT last.ends_at FROM spaces.holds last WHERE ${confirmed('last', window)} AND last.ends_at > ${window.before}
         ORDER BY last.ends_at LIMIT 1), 'infinity') AS ends_at OFFSET 0) bound`;
}

function overlapping(window: WindowOfSpace): string {
  return `${confirmed('h', window)} AND h.ends_at > ${window.after} AND h.starts_at < ${window.before}
     AND h.ends_at <= bound.ends_at`;
}

/**
 * FROM item: confirmed holds `h` of one space that overlap a window. As they do not overlap each other, ordering by end equals
 * ordering by start, so the matches are adjacent: from the first that ends after `after` to the first that ends after
 * `before`, which matches only if it starts before it. A B-tree index finds both bounds, so the cost does not depend on
 * the number of bookings. The last bound is a table of its own: in a condition, row-level security keeps a subselect from
 * the index.
 */
export function holdsInWindow(window: WindowOfSpace): string {
  return `${boundOf(window)}
    JOIN spaces.holds h ON ${overlapping(window)}`;
}

/**
 * The same, but only a part of them in their order. `events` joins the events where one of its conditions needs them;
 * `extent` is LIMIT and OFFSET.
 */
export function someHoldsInWindow(window: WindowOfSpace, events: string, extent: string): string {
  return `${boundOf(window)} CROSS JOIN LATERAL (
      SELECT h.* FROM spaces.holds h ${events} WHERE ${overlapping(window)} ORDER BY h.ends_at ${extent}) h`;
}
