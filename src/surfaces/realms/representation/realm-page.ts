/** A slice of a list: `start` rows are left out, then `limit` follow. */
export interface Slice {
  readonly start: number;
  readonly limit: number;
}

/** What a list says beside its rows. */
export interface ListPage {
  readonly total: number;
  readonly links: PageLinks;
}

export interface PageLinks {
  readonly self: string;
  readonly next?: string;
  readonly prev?: string;
}

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 200;
// PostgreSQL's OFFSET is a bigint; past this no list of ours has rows.
const LAST_START = 1_000_000_000;

/** Numbers out of range are pulled into it. */
export function sliceOf({ start = 0, limit = DEFAULT_LIMIT }: { start?: number; limit?: number }): Slice {
  return { start: clamp(start, 0, LAST_START), limit: clamp(limit, 1, MAX_LIMIT) };
}

/** Links to this page, and to those before and after where there are such. `kept` is what else was asked for. */
export function pageLinks(
  address: string,
  { start, limit }: Slice,
  total: number,
  kept: Readonly<Record<string, string | undefined>> = {},
): PageLinks {
  const rest = Object.entries(kept)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value ?? '')}`)
    .join('');
  const at = (from: number): string => `${address}?start=${from}&limit=${limit}${rest}`;
  return {
    self: at(start),
    ...(start + limit < total && { next: at(start + limit) }),
    ...(start > 0 && { prev: at(Math.max(0, start - limit)) }),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(Math.trunc(value), low), high);
}
