import { OptionalQuery } from '../../../http/validation/field.js';
import * as field from '../realms.fields.js';

/** Which page of a list is asked for. */
export class ListPageQueryDto {
  @OptionalQuery(field.PAGE_START) start?: number;
  @OptionalQuery(field.PAGE_LIMIT) limit?: number;
}
