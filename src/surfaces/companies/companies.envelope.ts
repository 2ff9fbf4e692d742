import { pageOf, type Page } from '../../core/page.js';
import type { Slice } from './companies.table.js';

/** Rows on a page; clients cannot ask for another number. */
export const PER_PAGE = 15;

/** What every answer of this product is wrapped in. */
export interface One<T> {
  readonly data: T;
}

export interface Paged<T> {
  readonly data: readonly T[];
  readonly links: {
    readonly first: string;
    readonly last: string;
    readonly prev: string | null;
    readonly next: string | null;
  };
  readonly meta: {
    readonly current_page: number;
    readonly from: number | null;
    readonly last_page: number;
    readonly per_page: number;
    readonly to: number | null;
    readonly total: number;
  };
}

export function one<T>(data: T): One<T> {
  return { data };
}

export function pageAsked(page: number | undefined): Page {
  return pageOf(page, PER_PAGE, { defaultLimit: PER_PAGE, maxLimit: PER_PAGE });
}

/** A page of a list with the addresses of its neighbours; `kept` are the parameters that those carry on. */
export function paged<Row, T>(
  { rows, total }: Slice<Row>,
  { limit, offset }: Page,
  view: (row: Row) => T,
  address: string,
  kept: Readonly<Record<string, string>> = {},
): Paged<T> {
  const current = offset / limit + 1;
  const last = Math.max(1, Math.ceil(total / limit));
  const link = (page: number): string => `${address}?${new URLSearchParams({ ...kept, page: String(page) })}`;
  return {
    data: rows.map(view),
    links: {
      first: link(1),
      last: link(last),
      prev: current > 1 ? link(current - 1) : null,
      next: current < last ? link(current + 1) : null,
    },
    meta: {
      current_page: current,
      from: rows.length === 0 ? null : offset + 1,
      last_page: last,
      per_page: limit,
      to: rows.length === 0 ? null : offset + rows.length,
      total,
    },
  };
}
