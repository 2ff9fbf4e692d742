import { NullableResponseField, ResponseField, shownAs, type Field } from '../../../http/validation/field.js';
import { flag, text } from '../../../http/validation/fields.js';
import { AmenityResponseDto, SpaceAmenityResponseDto } from '../amenities/space-amenities.dto.js';
import { SpaceStateResponseDto } from '../availability/space-states.dto.js';
import { SpaceCalendarResponseDto } from '../devices/space-calendar.dto.js';
import { CREATED_AT, LOCATION_ID, SPACE_ID, UPDATED_AT } from '../spaces.fields.js';
import * as field from './space-catalogue.fields.js';
import { SpaceLocationResponseDto } from './space-locations.dto.js';

const IS_DIBSED = flag({ description: 'Whether somebody has checked in to what goes on.', example: false });
const BEHAVIORS: Field = {
  checks: [],
  schema: {
    type: 'array',
    items: { type: 'string', enum: ['scheduling'] },
    description: 'What it can do: `scheduling` unless it is out of service.',
    example: ['scheduling'],
  } as Field['schema'],
};
const LAST_PRESENCE_AT = text({
  max: 24,
  description: 'When somebody was last known to arrive, in UTC.',
  example: '2030-01-04T13:55:00+0000',
});

/** A space as it stands inside other things, without its events. */
export class SpaceSummaryDto {
  @ResponseField(SPACE_ID) id!: number;
  @ResponseField(LOCATION_ID) location_id!: number;
  @NullableResponseField(field.LEVEL_ID) level_id!: number | null;
  @ResponseField(field.SPACE_NAME) name!: string;
  @NullableResponseField(field.DESCRIPTION) description!: string | null;
  @NullableResponseField(field.TYPE) type!: string | null;
  @NullableResponseField(field.CAPACITY) capacity!: number | null;
  @NullableResponseField(field.IMAGE) image!: string | null;
  @ResponseField(field.DISCOVERY_RADIUS) discovery_radius!: number;
  @ResponseField(field.IS_DISABLED) is_disabled!: boolean;
  @ResponseField(field.IS_ACCESSIBLE) is_accessible!: boolean;
  @ResponseField(IS_DIBSED) is_dibsed!: boolean;
  @ResponseField(BEHAVIORS) behaviors!: string[];
  @NullableResponseField(LAST_PRESENCE_AT) last_presence_at!: string | null;
  @ResponseField(CREATED_AT) created_at!: string;
  @ResponseField(UPDATED_AT) updated_at!: string;
}

/** A space with what `include` asks for. */
export class SpaceWithIncludesDto extends SpaceSummaryDto {
  @shownAs({ type: SpaceStateResponseDto, required: false, description: 'With `include=state`.' })
  state?: SpaceStateResponseDto;
  @shownAs({ type: SpaceCalendarResponseDto, required: false, description: 'With `include=calendar`.' })
  calendar?: SpaceCalendarResponseDto;
  @shownAs({ type: SpaceLocationResponseDto, required: false, description: 'With `include=location`.' })
  location?: SpaceLocationResponseDto;
  @shownAs({ type: [AmenityResponseDto], required: false, description: 'With `include=amenities`, by name.' })
  amenities?: AmenityResponseDto[];
  @shownAs({
    type: [SpaceAmenityResponseDto],
    required: false,
    description: 'With `include=space_amenities`: the same with number and note.',
  })
  space_amenities?: SpaceAmenityResponseDto[];
}
