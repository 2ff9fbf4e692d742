import {
  Changeable,
  Clearable,
  NullableResponseField,
  Optional,
  Required,
  ResponseField,
  type Field,
} from '../../../http/validation/field.js';
import { text, wholeNumber } from '../../../http/validation/fields.js';
import { formatUtc } from '../space-time.js';
import { CREATED_AT, LEVEL, LOCATION_ID, UPDATED_AT } from '../spaces.fields.js';
import type { SpaceLevelRow } from './space-levels.repository.js';

const NAME = text({ min: 1, max: 256, description: 'What it is called.', example: 'Second floor' });
const ORDINAL = wholeNumber({
  min: -1_000_000,
  max: 1_000_000,
  description: 'Its place in lists, lowest first; 0 unless given.',
  example: 2,
});
const IMAGE: Field = {
  checks: [],
  schema: { type: 'string', description: 'Always null: levels have no picture.', example: null },
};

export class CreateSpaceLevelDto {
  @Required(NAME) name!: string;
  @Optional(ORDINAL) ordinal?: number | null;
}

export class UpdateSpaceLevelDto {
  @Changeable(NAME) name?: string;
  @Clearable(ORDINAL) ordinal?: number | null;
}

export class SpaceLevelResponseDto {
  @ResponseField(LEVEL) id!: number;
  @ResponseField(LOCATION_ID) location_id!: number;
  @ResponseField(NAME) name!: string;
  @ResponseField(ORDINAL) ordinal!: number;
  @NullableResponseField(IMAGE) image!: null;
  @ResponseField(CREATED_AT) created_at!: string;
  @ResponseField(UPDATED_AT) updated_at!: string;
}

export function viewLevel(row: SpaceLevelRow): SpaceLevelResponseDto {
  return {
    ...row,
    image: null,
    created_at: formatUtc(row.created_at),
    updated_at: formatUtc(row.updated_at),
  };
}
