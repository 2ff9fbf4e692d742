import { ApiProperty } from '@nestjs/swagger';
import { ISO_8601, type Instant } from '../../../core/instant.js';
import { OptionalQuery, check, Optional, shownAs, type Field } from '../../../http/validation/field.js';
import { isTimeZone } from '../../../core/time-zone.js';
import { MAX_INTEGER } from '../../../core/integer.js';
import { SpaceEventResponseDto } from '../events/space-events.dto.js';
import { isDateTime } from '../space-time.js';
import { SpacesQueryDto } from '../catalogue/space-filters.dto.js';
import { idList } from '../comma-separated.fields.js';
import {
  DURATION,
  DURATION_DESCRIPTION,
  DURATION_FORM,
  isDuration,
  MAX_MINUTES,
} from './space-duration.fields.js';
import * as field from '../spaces.fields.js';
import { SpaceWithIncludesDto } from '../catalogue/space.dto.js';
import { SpaceCalendarResponseDto } from '../devices/space-calendar.dto.js';

export class FreeBusyQueryDto extends SpacesQueryDto {
  @OptionalQuery(idList('Spaces to ask about.')) space_ids?: number[];
  @OptionalQuery(idList('Locations whose spaces to ask about.')) location_ids?: number[];
  @OptionalQuery(idList('Only spaces that have all of these amenities.')) amenity_ids?: number[];
  /** In seconds, once it is read. */
  @OptionalQuery(DURATION) duration?: number;
  @OptionalQuery(field.AFTER) after?: Instant;
  @OptionalQuery(field.BEFORE) before?: Instant;
}

interface Scope {
  readonly space_ids?: readonly number[] | null;
  readonly location_ids?: readonly number[] | null;
}

interface Filters {
  readonly query?: string | null;
  readonly amenity_ids?: readonly number[] | null;
  readonly include_unbookable?: boolean | null;
  readonly types?: readonly string[] | null;
  readonly min_capacity?: number | null;
  readonly max_capacity?: number | null;
}

interface ViewOptions {
  readonly duration?: string | number | null;
  readonly bounds?: {
    readonly from?: string | null;
    readonly to?: string | null;
    readonly time_zone?: string | null;
  } | null;
}

interface PagingInfo {
  readonly page?: number | null;
  readonly per_page?: number | null;
}

const MAX_TEXT = 256;
const MAX_ITEMS = 1000;

/** A value nested in a body object, with its validation and schema. Every one may be missing or `null`. */
interface NestedField {
  readonly test: (value: unknown) => boolean;
  readonly schema: { readonly type: string | readonly string[]; readonly [keyword: string]: unknown };
}

const NUMBER: NestedField = {
  test: (value) => Number.isInteger(value) && Math.abs(value as number) <= MAX_INTEGER,
  schema: { type: 'integer', minimum: -MAX_INTEGER, maximum: MAX_INTEGER },
};
const TEXT: NestedField = {
  test: (value) => typeof value === 'string' && value.length <= MAX_TEXT && !value.includes('\0'),
  schema: { type: 'string', maxLength: MAX_TEXT },
};
const TIME: NestedField = {
  test: (value) => typeof value === 'string' && isDateTime(value),
  schema: { type: 'string', pattern: ISO_8601.source },
};
const ZONE: NestedField = {
  test: (value) => typeof value === 'string' && isTimeZone(value),
  schema: { type: 'string', description: 'IANA zone.' },
};

const FLAG: NestedField = { test: (value) => typeof value === 'boolean', schema: { type: 'boolean' } };
const LENGTH: NestedField = {
  test: isDuration,
  schema: {
    type: ['integer', 'string'],
    minimum: 1,
    maximum: MAX_MINUTES,
    pattern: DURATION_FORM.source,
    description: DURATION_DESCRIPTION,
  },
};

const listOf = ({ test, schema }: NestedField): NestedField => ({
  test: (value) => Array.isArray(value) && value.length <= MAX_ITEMS && value.every(test),
  schema: { type: 'array', items: schema, maxItems: MAX_ITEMS },
});

const objectOf = (keys: Readonly<Record<string, NestedField>>): NestedField => ({
  test: (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(keys).every(([key, { test }]) => {
      const nested = (value as Record<string, unknown>)[key];
      return nested == null || test(nested);
    }),
  schema: {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(keys).map(([key, { schema }]) => [
        key,
        { ...schema, type: [schema.type, 'null'].flat() },
      ]),
    ),
  },
});

/** An object whose keys are all optional. */
function objectField(
  description: string,
  message: string,
  example: object,
  keys: Readonly<Record<string, NestedField>>,
): Field {
  const { test, schema } = objectOf(keys);
  return {
    checks: [check('isPart', message, test)],
    schema: { ...schema, description, example } as unknown as Field['schema'],
  };
}

const SCOPE = objectField(
  'Which spaces are asked about; all of them where nothing is said.',
  'must hold lists of numbers, space_ids and location_ids',
  { space_ids: [48], location_ids: [] },
  { space_ids: listOf(NUMBER), location_ids: listOf(NUMBER) },
);
const FILTERS = objectField(
  'Which of them.',
  'must hold query, types, amenity_ids, min_capacity, max_capacity and include_unbookable',
  { types: ['meeting_room'], min_capacity: 4, include_unbookable: false },
  {
    query: { ...TEXT, schema: { ...TEXT.schema, description: 'Text in the name or the description.' } },
    types: listOf(TEXT),
    amenity_ids: listOf(NUMBER),
    min_capacity: NUMBER,
    max_capacity: NUMBER,
    include_unbookable: {
      ...FLAG,
      schema: {
        ...FLAG.schema,
        description: 'Whether spaces out of service are listed too; true unless given.',
      },
    },
  },
);
const VIEW_OPTIONS = objectField(
  'The window, and the zone that its times are read and shown in.',
  'must hold bounds with from, to (ISO 8601) and time_zone (IANA), and a duration (minutes or ISO 8601)',
  {
    bounds: { from: '2030-01-01T00:00:00Z', to: '2030-01-08T00:00:00Z', time_zone: 'America/New_York' },
    duration: 60,
  },
  { bounds: objectOf({ from: TIME, to: TIME, time_zone: ZONE }), duration: LENGTH },
);
const PAGING_INFO = objectField(
  'Which page.',
  'must hold page and per_page, both numbers',
  { page: 1, per_page: 20 },
  { page: NUMBER, per_page: NUMBER },
);

export class FindFreeBusyDto {
  @Optional(SCOPE) scope?: Scope | null;
  @Optional(FILTERS) filters?: Filters | null;
  @Optional(VIEW_OPTIONS) view_options?: ViewOptions | null;
  @Optional(PAGING_INFO) paging_info?: PagingInfo | null;
}

export class BusyTimeDto {
  @ApiProperty({ example: '2030-01-04T09:00:00-0500' }) from!: string;
  @ApiProperty({ example: '2030-01-04T10:00:00-0500' }) to!: string;
  @ApiProperty({
    type: [SpaceEventResponseDto],
    description: 'What takes it, one after the other without a break.',
  })
  events!: SpaceEventResponseDto[];
}

export class FreeBusySpaceDto extends SpaceWithIncludesDto {
  @shownAs({ type: SpaceCalendarResponseDto, required: true, description: 'Its calendar.' })
  declare calendar: SpaceCalendarResponseDto;
}

export class FreeBusyResponseDto {
  @ApiProperty({
    description: 'Whether somebody is there, or has checked in to what goes on.',
    example: false,
  })
  has_presence!: boolean;
  @ApiProperty({ type: FreeBusySpaceDto }) space!: FreeBusySpaceDto;
  @ApiProperty({ type: [BusyTimeDto] }) busy!: BusyTimeDto[];
}
