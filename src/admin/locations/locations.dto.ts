import type { Instant } from '../../core/instant.js';
import {
  Changeable,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
} from '../../http/validation/field.js';
import { text } from '../../http/validation/fields.js';
import type { SpaceLocation } from '../../surfaces/spaces/catalogue/space-location.entity.js';
import * as field from '../admin.fields.js';

const ADDRESS = text({ max: 1024, description: 'Where it is.', example: '1 Main Street, Springfield' });

export class CreateLocationDto {
  @Required(field.NAME) name!: string;
  @Optional(ADDRESS) address?: string | null;
  @Optional(field.TIME_ZONE) time_zone?: string | null;
}

export class UpdateLocationDto {
  @Changeable(field.NAME) name?: string;
  @Clearable(ADDRESS) address?: string | null;
  @Clearable(field.TIME_ZONE) time_zone?: string | null;
}

export class LocationResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(field.NAME) name!: string;
  @NullableResponseField(ADDRESS) address!: string | null;
  @ResponseField(field.TIME_ZONE) time_zone!: string;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewLocation(row: SpaceLocation): LocationResponseDto {
  const { id, name, address, time_zone, created_at, updated_at } = row;
  return { id, name, address, time_zone, created_at, updated_at };
}
