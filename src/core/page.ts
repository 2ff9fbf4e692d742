/** A slice of a list. Numbers out of range are pulled into it; what is no number at all was refused before. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface PageBounds {
  readonly defaultLimit: number;
  readonly maxLimit: number;
}

// PostgreSQL's OFFSET is a bigint; past this page no table of ours has rows.
const LAST_PAGE = 1_000_000_000;

/** `page` counts from 1. */
export function pageOf(page: number | undefined, limit: number | undefined, bounds: PageBounds): Page {
  const size = clamp(limit ?? bounds.defaultLimit, 1, bounds.maxLimit);
  return { limit: size, offset: (clamp(page ?? 1, 1, LAST_PAGE) - 1) * size };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(Math.trunc(value), low), high);
}
