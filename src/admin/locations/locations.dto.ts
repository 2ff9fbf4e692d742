import type { Instant } from '../../core/instant.js';
import {
  Changeable,
  Clearable,
  Optional,
  Required,
  Shown,
  ShownOrNull,
} from '../../http/validation/field.js';
import { text } from '../../http/validation/fields.js';
import type { SpaceLocation } from '../../surfaces/spaces/catalogue/space-location.entity.js';
import * as field from '../admin.fields.js';

const ADDRESS = text({ max: 1024, description: 'Where it is.', example: '1 Main Street, Springfield' });

export class CreateLocation {
  @Required(field.NAME) name!: string;
  @Optional(ADDRESS) address?: string | null;
  @Optional(field.TIME_ZONE) time_zone?: string | null;
}

export class ChangeLocation {
  @Changeable(field.NAME) name?: string;
  @Clearable(ADDRESS) address?: string | null;
  @Clearable(field.TIME_ZONE) time_zone?: string | null;
}

export class LocationAnswer {
  @Shown(field.ID) id!: number;
  @Shown(field.NAME) name!: string;
  @ShownOrNull(ADDRESS) address!: string | null;
  @Shown(field.TIME_ZONE) time_zone!: string;
  @Shown(field.CREATED_AT) created_at!: Instant;
  @Shown(field.UPDATED_AT) updated_at!: Instant;
}

export function viewLocation(row: SpaceLocation): LocationAnswer {
  const { id, name, address, time_zone, created_at, updated_at } = row;
  return { id, name, address, time_zone, created_at, updated_at };
}
