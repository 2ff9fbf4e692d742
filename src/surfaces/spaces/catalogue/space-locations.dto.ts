import { NullableResponseField, ResponseField, type Field } from '../../../http/validation/field.js';
import { formatUtc } from '../space-time.js';
import { CREATED_AT, LOCATION_ID, UPDATED_AT } from '../spaces.fields.js';
import * as field from './space-catalogue.fields.js';
import type { LocationRow } from './spaces.repository.js';

const ACCOUNT_ID: Field = {
  checks: [],
  schema: { type: 'integer', description: 'Number of the organization.', example: 7 },
};
const CAMPUS_ID: Field = {
  checks: [],
  schema: { type: 'integer', description: 'Always null: locations are not grouped here.', example: null },
};

export class SpaceLocationResponseDto {
  @ResponseField(LOCATION_ID) id!: number;
  @ResponseField(ACCOUNT_ID) account_id!: number;
  @NullableResponseField(CAMPUS_ID) campus_id!: null;
  @ResponseField(field.LOCATION_NAME) name!: string;
  @NullableResponseField(field.ADDRESS) address!: string | null;
  @NullableResponseField(field.DESCRIPTION) description!: string | null;
  @NullableResponseField(field.IMAGE) image!: string | null;
  @NullableResponseField(field.LATITUDE) latitude!: number | null;
  @NullableResponseField(field.LONGITUDE) longitude!: number | null;
  @ResponseField(field.TIME_ZONE) time_zone!: string;
  @ResponseField(CREATED_AT) created_at!: string;
  @ResponseField(UPDATED_AT) updated_at!: string;
}

export function viewLocation({ organization_id, ...row }: LocationRow): SpaceLocationResponseDto {
  const { created_at, updated_at } = row;
  return {
    ...row,
    account_id: organization_id,
    campus_id: null,
    created_at: formatUtc(created_at),
    updated_at: formatUtc(updated_at),
  };
}
