/** A page of a list. Numbers out of range are clamped; anything that is not a number was rejected before. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface PageBounds {
  readonly defaultLimit: number;
  readonly maxLimit: number;
}

// Keeps OFFSET within PostgreSQL's bigint; no table has rows beyond this page.
const LAST_PAGE = 1_000_000_000;

/** `page` counts from 1. */
export function pageOf(page: number | undefined, limit: number | undefined, bounds: PageBounds): Page {
  const size = clamp(limit ?? bounds.defaultLimit, 1, bounds.maxLimit);
  return { limit: size, offset: (clamp(page ?? 1, 1, LAST_PAGE) - 1) * size };
}

/** The nearest whole number within a range. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(Math.trunc(value), low), high);
}
