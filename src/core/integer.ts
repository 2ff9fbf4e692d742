/** The maximum of PostgreSQL's type `integer`. */
export const MAX_INTEGER = 2_147_483_647;

/** Parses an id from a path; `undefined` if it does not fit an `integer` column. */
export function parseId(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return id <= MAX_INTEGER ? id : undefined;
}
