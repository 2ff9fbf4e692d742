import type { Instant } from '../../core/instant.js';
import { MAX_INTEGER } from '../../core/integer.js';
import {
  Changeable,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
} from '../../http/validation/field.js';
import { flag, text, wholeNumber } from '../../http/validation/fields.js';
import type { Space } from '../../surfaces/spaces/catalogue/space.entity.js';
import * as field from '../admin.fields.js';

const LOCATION_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of the location that it is in.',
  example: 3,
});
const TYPE = text({
  max: 64,
  description: 'Your own word for what it is; free-busy questions can filter by it.',
  example: 'meeting_room',
});
const CAPACITY = wholeNumber({ min: 0, max: 1_000_000, description: 'People that fit in.', example: 12 });
const IS_DISABLED = flag({
  description: 'Whether it is out of service: shown, but not to be booked.',
  example: false,
});

export class CreateSpaceDto {
  @Required(LOCATION_ID) location_id!: number;
  @Required(field.NAME) name!: string;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Optional(TYPE) type?: string | null;
  @Optional(CAPACITY) capacity?: number | null;
  @Optional(IS_DISABLED) is_disabled?: boolean | null;
}

export class UpdateSpaceDto {
  @Changeable(LOCATION_ID) location_id?: number;
  @Changeable(field.NAME) name?: string;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Clearable(TYPE) type?: string | null;
  @Clearable(CAPACITY) capacity?: number | null;
  @Clearable(IS_DISABLED) is_disabled?: boolean | null;
}

export class SpaceResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(LOCATION_ID) location_id!: number;
  @ResponseField(field.NAME) name!: string;
  @NullableResponseField(field.DESCRIPTION) description!: string | null;
  @NullableResponseField(TYPE) type!: string | null;
  @NullableResponseField(CAPACITY) capacity!: number | null;
  @ResponseField(IS_DISABLED) is_disabled!: boolean;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewSpace(row: Space): SpaceResponseDto {
  const { id, name, description, type, capacity } = row;
  return {
    id,
    location_id: row.location_id,
    name,
    description,
    type,
    capacity,
    is_disabled: row.is_disabled,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
