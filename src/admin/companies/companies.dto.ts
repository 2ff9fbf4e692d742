import type { Instant } from '../../core/instant.js';
import {
  Changeable,
  Clearable,
  NullableResponseField,
  Optional,
  Required,
  ResponseField,
  type Field,
} from '../../http/validation/field.js';
import { flag } from '../../http/validation/fields.js';
import { RESERVED_SEGMENTS } from '../../http/reserved-segments.js';
import { companyIdOf } from '../../surfaces/companies/companies/company-id.js';
import type { Company } from '../../surfaces/companies/companies/company.entity.js';
import {
  BRAND_COLOR,
  COMPANY_LOGO,
  COMPANY_PRIVACY_POLICY,
  COMPANY_TAGLINE,
  COMPANY_URL,
} from '../../surfaces/companies/companies.fields.js';
import * as field from '../admin.fields.js';

export const COMPANY_ID: Field = {
  checks: [],
  schema: { type: 'string', description: 'Its sqid, as its API paths name it.', example: 'bM4xKq9Z' },
};
const SLUG = field.slug(
  'The first part of its public addresses. Made from the name unless given.',
  RESERVED_SEGMENTS,
);
const USE_API = flag({ description: 'Whether its plan opens the API. True unless given.', example: true });

export class CreateCompanyDto {
  @Required(field.NAME) name!: string;
  @Optional(SLUG) slug?: string | null;
  @Optional(USE_API) use_api?: boolean | null;
  @Optional(field.TIME_ZONE) time_zone?: string | null;
  @Optional(COMPANY_LOGO) logo?: string | null;
  @Optional(BRAND_COLOR) brand_color?: string | null;
  @Optional(COMPANY_PRIVACY_POLICY) privacy_policy?: string | null;
  @Optional(COMPANY_TAGLINE) tagline?: string | null;
  @Optional(COMPANY_URL) url?: string | null;
}

export class UpdateCompanyDto {
  @Changeable(field.NAME) name?: string;
  @Changeable(SLUG) slug?: string;
  @Clearable(USE_API) use_api?: boolean | null;
  @Clearable(field.TIME_ZONE) time_zone?: string | null;
  @Clearable(COMPANY_LOGO) logo?: string | null;
  @Clearable(BRAND_COLOR) brand_color?: string | null;
  @Clearable(COMPANY_PRIVACY_POLICY) privacy_policy?: string | null;
  @Clearable(COMPANY_TAGLINE) tagline?: string | null;
  @Clearable(COMPANY_URL) url?: string | null;
}

export class CompanyResponseDto {
  @ResponseField(COMPANY_ID) id!: string;
  @ResponseField(field.NAME) name!: string;
  @ResponseField(SLUG) slug!: string;
  @ResponseField(USE_API) use_api!: boolean;
  @ResponseField(field.TIME_ZONE) time_zone!: string;
  @NullableResponseField(COMPANY_LOGO) logo!: string | null;
  @NullableResponseField(BRAND_COLOR) brand_color!: string | null;
  @NullableResponseField(COMPANY_PRIVACY_POLICY) privacy_policy!: string | null;
  @NullableResponseField(COMPANY_TAGLINE) tagline!: string | null;
  @NullableResponseField(COMPANY_URL) url!: string | null;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewCompany(row: Company): CompanyResponseDto {
  const { id, name, slug, use_api, time_zone, created_at, updated_at } = row;
  const { logo, brand_color, privacy_policy, tagline, url } = row;
  return {
    id: companyIdOf(id),
    name,
    slug,
    use_api,
    time_zone,
    logo,
    brand_color,
    privacy_policy,
    tagline,
    url,
    created_at,
    updated_at,
  };
}
