import { quote, quoteOrNull } from '../../../core/json-text.js';
import { NullableResponseField, OptionalQuery, ResponseField } from '../../../http/validation/field.js';
import * as field from '../companies.fields.js';
import * as profile from './company.fields.js';
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
  @NullableResponseField(profile.LOGO) logo!: string | null;
  @NullableResponseField(profile.BRAND_COLOR) brand_color!: string | null;
  @NullableResponseField(profile.PRIVACY_POLICY) privacy_policy!: string | null;
  @NullableResponseField(profile.TAGLINE) tagline!: string | null;
  @NullableResponseField(profile.URL) url!: string | null;
  @ResponseField(field.CREATED_AT) created_at!: string;
}

/** A company as the JSON text of a `CompanyResponseDto`. Ids, slugs and times need no escaping. */
export function writeCompany(row: ListedCompanyRow): string {
  return (
    `{"id":"${companyIdOf(row.id)}","slug":"${row.slug}","name":${quote(row.name)},` +
    `"logo":${quoteOrNull(row.logo)},"brand_color":${quoteOrNull(row.brand_color)},` +
    `"privacy_policy":${quoteOrNull(row.privacy_policy)},"tagline":${quoteOrNull(row.tagline)},` +
    `"url":${quoteOrNull(row.url)},"created_at":"${formatInstant(row.created_at)}"}`
  );
}
