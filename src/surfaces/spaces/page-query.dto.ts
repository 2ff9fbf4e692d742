import { OptionalQuery } from '../../http/validation/field.js';
import { queryNumber } from '../../http/validation/fields.js';

const PAGE = queryNumber({ min: 1, description: 'Which page, from 1.', example: 1 });
const PER_PAGE = queryNumber({ min: 1, max: 200, default: 10, description: 'Rows on a page.', example: 20 });

export class PageQueryDto {
  @OptionalQuery(PAGE) page?: number;
  @OptionalQuery(PER_PAGE) per_page?: number;
}
