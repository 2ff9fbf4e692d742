import { MAX_INTEGER } from '../../../core/integer.js';
import {
  Changeable,
  Clearable,
  NullableResponseField,
  OptionalQuery,
  Required,
  ResponseField,
  shownAs,
  type Field,
} from '../../../http/validation/field.js';
import { text } from '../../../http/validation/fields.js';
import { PageQueryDto } from '../page-query.dto.js';
import { AMENITY, CREATED_AT, SPACE_ID, UPDATED_AT } from '../spaces.fields.js';
import { wholeNumber } from '../spaces.loose-fields.js';

const NAME = text({ min: 1, max: 256, description: 'What it is called.', example: 'Projector' });
const QUANTITY = wholeNumber({
  min: 0,
  max: MAX_INTEGER,
  description: 'How many of it there are; null if nobody counted.',
  example: 2,
});
const NOTE = text({ max: 1024, description: 'What there is to say about it.', example: 'In the cupboard' });
const QUERY = text({ max: 256, description: 'Part of the name, in any case.', example: 'proj' });
const ORGANIZATION_ID: Field = {
  checks: [],
  schema: { type: 'integer', description: 'Number of the organization.', example: 7 },
};

export class AmenitiesQueryDto extends PageQueryDto {
  @OptionalQuery(QUERY) query?: string;
}

export class CreateAmenityDto {
  @Required(NAME) name!: string;
}

export class UpdateAmenityDto {
  @Changeable(NAME) name?: string;
}

export class PutSpaceAmenityDto {
  @Clearable(QUANTITY) quantity?: number | null;
  @Clearable(NOTE) note?: string | null;
}

export class AmenityResponseDto {
  @ResponseField(AMENITY) id!: number;
  @ResponseField(ORGANIZATION_ID) organization_id!: number;
  @ResponseField(NAME) name!: string;
  @ResponseField(CREATED_AT) created_at!: string;
  @ResponseField(UPDATED_AT) updated_at!: string;
}

export class SpaceAmenityResponseDto {
  @ResponseField(SPACE_ID) space_id!: number;
  @ResponseField(AMENITY) amenity_id!: number;
  @NullableResponseField(QUANTITY) quantity!: number | null;
  @NullableResponseField(NOTE) note!: string | null;
  @shownAs({ type: AmenityResponseDto, required: true, description: 'The amenity itself.' })
  amenity!: AmenityResponseDto;
}
