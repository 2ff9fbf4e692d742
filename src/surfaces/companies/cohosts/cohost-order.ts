/**
 * Ids of an event's cohosts in order. Positions are derived from it, counting from 1, so they have no gaps or
 * duplicates.
 */
export type CohostOrder = readonly number[];

/**
 * Inserts or moves a cohost to a position and shifts the ones after it. Without a position, or past the end, it becomes
 * the last.
 */
export function insertAt(order: CohostOrder, id: number, position: number | undefined): CohostOrder {
  const others = removeFrom(order, id);
  const index = position === undefined ? others.length : position - 1;
  return [...others.slice(0, index), id, ...others.slice(index)];
}

/** Removes a cohost; the ones after it move up. */
export function removeFrom(order: CohostOrder, id: number): CohostOrder {
  return order.filter((other) => other !== id);
}
