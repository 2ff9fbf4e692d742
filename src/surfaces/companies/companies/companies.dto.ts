import { quote } from '../../../core/json-text.js';
import { OptionalQuery, ResponseField } from '../../../http/validation/field.js';
import * as field from '../companies.fields.js';
import type { ListedCompanyRow } from './companies.repository.js';
import { companyIdOf } from './company-id.js';
import { formatInstant } from '../public-page/shown-time.js';

export class ListCompaniesQueryDto {
  @OptionalQuery(field.PAGE) page?: number;
}

export class CompanyResponseDto {
  @ResponseField(field.COMPANY_ID) id!: string;
  @ResponseField(field.COMPANY_SLUG) slug!: string;
  @ResponseField(field.COMPANY_NAME) name!: string;
  @ResponseField(field.CREATED_AT) created_at!: string;
}

/** A company as the JSON text of a `CompanyResponseDto`. Ids, slugs and times need no escaping. */
export function writeCompany({ id, slug, name, created_at }: ListedCompanyRow): string {
  return (
    `{"id":"${companyIdOf(id)}","slug":"${slug}","name":${quote(name)},` +
    `"created_at":"${formatInstant(created_at)}"}`
  );
}
