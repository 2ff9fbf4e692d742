import { Matches } from 'class-validator';
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
import { flag, text, webAddress } from '../../http/validation/fields.js';
import { RESERVED_SEGMENTS } from '../../http/reserved-segments.js';
import { companyIdOf } from '../../surfaces/companies/companies/company-id.js';
import type { Company } from '../../surfaces/companies/companies/company.entity.js';
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

const LOGO = webAddress({
  max: 2048,
  description: 'Address of its logo; http or https.',
  example: 'https://images.example.com/acme.svg',
});
const BRAND_COLOR: Field = {
  checks: [Matches(/^#[0-9A-Fa-f]{6}$/, { message: 'must be a colour such as #1A73E8' })],
  schema: {
    type: 'string',
    pattern: '^#[0-9A-Fa-f]{6}$',
    description: 'Its colour: red, green and blue as hexadecimal digits.',
    example: '#1A73E8',
  },
};
const PRIVACY_POLICY = webAddress({
  max: 2048,
  description: 'Address of its privacy policy; http or https.',
  example: 'https://acme.example.com/privacy',
});
const TAGLINE = text({
  min: 1,
  max: 255,
  description: 'What it does, in one line.',
  example: 'We build rockets',
});
const URL = webAddress({
  max: 2048,
  description: 'Address of its web site; http or https.',
  example: 'https://acme.example.com',
});

export class CreateCompanyDto {
  @Required(field.NAME) name!: string;
  @Optional(SLUG) slug?: string | null;
  @Optional(USE_API) use_api?: boolean | null;
  @Optional(field.TIME_ZONE) time_zone?: string | null;
  @Optional(LOGO) logo?: string | null;
  @Optional(BRAND_COLOR) brand_color?: string | null;
  @Optional(PRIVACY_POLICY) privacy_policy?: string | null;
  @Optional(TAGLINE) tagline?: string | null;
  @Optional(URL) url?: string | null;
}

export class UpdateCompanyDto {
  @Changeable(field.NAME) name?: string;
  @Changeable(SLUG) slug?: string;
  @Clearable(USE_API) use_api?: boolean | null;
  @Clearable(field.TIME_ZONE) time_zone?: string | null;
  @Clearable(LOGO) logo?: string | null;
  @Clearable(BRAND_COLOR) brand_color?: string | null;
  @Clearable(PRIVACY_POLICY) privacy_policy?: string | null;
  @Clearable(TAGLINE) tagline?: string | null;
  @Clearable(URL) url?: string | null;
}

export class CompanyResponseDto {
  @ResponseField(COMPANY_ID) id!: string;
  @ResponseField(field.NAME) name!: string;
  @ResponseField(SLUG) slug!: string;
  @ResponseField(USE_API) use_api!: boolean;
  @ResponseField(field.TIME_ZONE) time_zone!: string;
  @NullableResponseField(LOGO) logo!: string | null;
  @NullableResponseField(BRAND_COLOR) brand_color!: string | null;
  @NullableResponseField(PRIVACY_POLICY) privacy_policy!: string | null;
  @NullableResponseField(TAGLINE) tagline!: string | null;
  @NullableResponseField(URL) url!: string | null;
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
