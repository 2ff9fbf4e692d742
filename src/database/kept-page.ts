/**
 * Pages whose statement PostgreSQL plans once. It would plan one with its limit and offset as parameters at each execution,
 * which takes longer than to execute it: it supposes that an unknown limit is a tenth of all rows, so that a plan for
 * a known one looks better. Here the largest limit is a literal, and the offset is in a subselect, where it is not looked at.
 */

/** LIMIT and OFFSET of a page of at most `most` rows; the outer query has `LIMIT :limit` if a page may be smaller. */
export function pageExtent(most: number): string {
  return `LIMIT ${most} OFFSET (SELECT :offset::bigint)`;
}

/** The first of the sizes, in ascending order, that a page fits into: there is a statement for each of them. */
export function pageSizeFor(limit: number, sizes: readonly number[]): number {
  const size = sizes.find((most) => limit <= most);
  if (size === undefined) throw new Error(`No page has ${limit} rows.`);
  return size;
}
