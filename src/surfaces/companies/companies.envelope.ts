import { pageOf, type Page } from '../../core/page.js';
import type { Slice } from './companies/companies.repository.js';

/** Page size; clients cannot change it. */
export const PER_PAGE = 15;

// Responses are written directly as JSON text: building objects for JSON.stringify takes twice the time.

/** Envelope of every response. */
export function envelopeJson(json: string): string {
  return `{"data":${json}}`;
}

export function pageFrom(page: number | undefined): Page {
  return pageOf(page, PER_PAGE, { defaultLimit: PER_PAGE, maxLimit: PER_PAGE });
}

/** A page with links to its neighbours; `query` holds the parameters that the links keep. */
export function pageEnvelopeJson<Row>(
  { rows, total }: Slice<Row>,
  { limit, offset }: Page,
  write: (row: Row) => string,
  url: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const current = offset / limit + 1;
  const last = Math.max(1, Math.ceil(total / limit));
  const pages = `${url}?${new URLSearchParams([...Object.entries(query), ['page', '']])}`;
  const links = {
    first: `${pages}1`,
    last: `${pages}${last}`,
    prev: current > 1 ? `${pages}${current - 1}` : null,
    next: current < last ? `${pages}${current + 1}` : null,
  };
  const meta = {
    current_page: current,
    from: rows.length === 0 ? null : offset + 1,
    last_page: last,
    per_page: limit,
    to: rows.length === 0 ? null : offset + rows.length,
    total,
  };
  return `{"data":[${rows.map(write).join(',')}],"links":${JSON.stringify(links)},"meta":${JSON.stringify(meta)}}`;
}
