import type { Failure } from './failure.js';

/** The maximum of PostgreSQL's type `integer`. */
export const MAX_INTEGER = 2_147_483_647;

/** Parses an id from a path; `undefined` if it does not fit an `integer` column. */
export function parseId(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return id <= MAX_INTEGER ? id : undefined;
}

/** The same for a row that has to be there: an impossible id is as unknown as one that no row has. */
export function requireId(text: string, notFound: () => Failure): number {
  const id = parseId(text);
  if (id === undefined) throw notFound();
  return id;
}
