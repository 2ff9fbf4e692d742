/**
 * The order of an event's cohosts, as their ids. A cohost's position is its place here counted from 1, so positions
 * have neither gaps nor doubles, whatever is asked for.
 */
export type CohostOrder = readonly number[];

/** Puts a cohost, new or moved, at a position; those from there on make room. Past the end, or without one: last. */
export function insertAt(order: CohostOrder, id: number, position: number | undefined): CohostOrder {
  const others = removeFrom(order, id);
  const index = position === undefined ? others.length : position - 1;
  return [...others.slice(0, index), id, ...others.slice(index)];
}

/** Takes a cohost out; those behind it move up. */
export function removeFrom(order: CohostOrder, id: number): CohostOrder {
  return order.filter((other) => other !== id);
}
