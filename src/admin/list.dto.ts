import { pageOf, type Page } from '../core/page.js';
import { OptionalQuery } from '../http/validation/field.js';
import { queryNumber } from '../http/validation/fields.js';
import type { RowPage } from './admin.repository.js';

const PAGES = { defaultLimit: 50, maxLimit: 200 };

/** Pagination parameters of a list. */
export class ListQueryDto {
  @OptionalQuery(queryNumber({ min: 1, default: 1, description: 'Which page, from 1.', example: 1 }))
  page?: number;

  @OptionalQuery(
    queryNumber({
      min: 1,
      max: PAGES.maxLimit,
      default: PAGES.defaultLimit,
      description: 'Rows on a page; a number out of range is pulled into it.',
      example: 50,
    }),
  )
  per_page?: number;
}

/** One page of a list and the total number of rows. */
export interface ListResponse<T> {
  readonly data: readonly T[];
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
}

/** Reads the requested page and maps its rows. */
export async function listResponse<Row, Answer>(
  query: ListQueryDto,
  read: (page: Page) => Promise<RowPage<Row>>,
  view: (row: Row) => Answer,
): Promise<ListResponse<Answer>> {
  const page = pageOf(query.page, query.per_page, PAGES);
  const { rows, total } = await read(page);
  return { data: rows.map(view), page: page.offset / page.limit + 1, per_page: page.limit, total };
}
