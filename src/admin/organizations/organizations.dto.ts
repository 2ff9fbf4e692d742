import type { Instant } from '../../core/instant.js';
import type { Organization } from '../../auth/organization.entity.js';
import {
  Changeable,
  check,
  Clearable,
  Optional,
  Required,
  ResponseField,
  type Field,
} from '../../http/validation/field.js';
import { timeZone } from '../../http/validation/fields.js';
import * as field from '../admin.fields.js';

const plainSlug = field.slug(
  'Serves wherever a path or a credential names the organization. Made from the name unless given.',
);
const SLUG: Field = {
  ...plainSlug,
  checks: [
    ...plainSlug.checks,
    check('isNoNumber', 'must not be all digits, like an id', (value) => !/^\d+$/.test(String(value))),
  ],
};
const TIME_ZONE = timeZone({
  description: 'IANA zone, where neither a body nor a member says one. UTC unless given.',
  example: 'Europe/Berlin',
});

/** The path parameter of an organization. */
export const ID_OR_SLUG: Field = {
  checks: [],
  schema: { type: 'string', description: 'Id or slug of the organization.', example: 'demo' },
};

export class CreateOrganizationDto {
  @Required(field.NAME) name!: string;
  @Optional(SLUG) slug?: string | null;
  @Optional(TIME_ZONE) time_zone?: string | null;
}

export class UpdateOrganizationDto {
  @Changeable(field.NAME) name?: string;
  @Changeable(SLUG) slug?: string;
  @Clearable(TIME_ZONE) time_zone?: string | null;
}

export class OrganizationResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(field.NAME) name!: string;
  @ResponseField(SLUG) slug!: string;
  @ResponseField(TIME_ZONE) time_zone!: string;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
}

export function viewOrganization({
  id,
  name,
  slug,
  time_zone,
  created_at,
}: Organization): OrganizationResponseDto {
  return { id, name, slug, time_zone, created_at };
}
