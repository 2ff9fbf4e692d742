import { clamp } from '../../../core/page.js';

/** Part of a list: skips `start` rows and returns up to `limit`. */
export interface Slice {
  readonly start: number;
  readonly limit: number;
}

/** Data of a list besides its rows. */
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
// Beyond any list, and within the range of OFFSET (bigint).
const MAX_START = 1_000_000_000;

/** Clamps numbers to their range. */
export function sliceOf({ start = 0, limit = DEFAULT_LIMIT }: { start?: number; limit?: number }): Slice {
  return { start: clamp(start, 0, MAX_START), limit: clamp(limit, 1, MAX_LIMIT) };
}

/** Links to this page and to the previous and next one, if any. `parameters` are further query parameters. */
export function pageLinks(
  url: string,
  { start, limit }: Slice,
  total: number,
  parameters: Readonly<Record<string, string | undefined>> = {},
): PageLinks {
  const rest = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value ?? '')}`)
    .join('');
  const at = (from: number): string => `${url}?start=${from}&limit=${limit}${rest}`;
  return {
    self: at(start),
    ...(start + limit < total && { next: at(start + limit) }),
    ...(start > 0 && total > 0 && { prev: at(previousStart(start, limit, total)) }),
  };
}

/** From beyond the end, `prev` leads to the last page that has rows. */
function previousStart(start: number, limit: number, total: number): number {
  return start < total ? Math.max(0, start - limit) : Math.floor((total - 1) / limit) * limit;
}
