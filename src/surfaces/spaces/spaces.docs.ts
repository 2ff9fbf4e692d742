import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FailureKind } from '../../core/failure.js';
import { ResponseField } from '../../http/validation/field.js';
import { describePath } from '../../http/path-parameters.js';
import * as field from './spaces.fields.js';
import { FAILURE_RESPONSES } from './spaces.failure-responses.js';

export class SpacesMetaDto {
  @ApiProperty({ type: 'integer', description: 'The HTTP status.', example: 200 }) status_code!: number;
  @ApiProperty({ description: 'The same in a word.', example: 'OK' }) status!: string;
  @ApiProperty({ description: 'Empty where all went well.', example: '' }) message!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    description: 'All faults, by field.',
    example: {},
  })
  more_info!: Record<string, string[]>;
}

export class SpacesPagingDto {
  @ApiProperty({ type: 'integer', example: 1 }) page!: number;
  @ApiProperty({ type: 'integer', example: 10 }) per_page!: number;
}

const TIME = '2030-01-04T09:00:00-0500';

export class SpacesTimeDto {
  @ApiProperty({ example: TIME }) date_time!: string;
  @ApiProperty({ description: 'IANA zone of the space.', example: 'America/New_York' }) time_zone!: string;
}

export class SpacesSlotDto {
  @ApiProperty({ type: SpacesTimeDto }) start!: SpacesTimeDto;
  @ApiProperty({ type: SpacesTimeDto }) end!: SpacesTimeDto;
}

/** The conflicting booking. */
export class SpacesClashDto extends SpacesSlotDto {
  @ResponseField(field.ID) event_id!: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Null where you may not see it.',
    example: 'Weekly planning',
  })
  title!: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Which occurrence of the refused series it meets; null for a single booking.',
    example: '20300104T140000Z',
  })
  recurrence_id!: string | null;
}

/** The body of every error response. */
export class SpacesErrorResponseDto {
  @ApiProperty({ type: SpacesMetaDto }) meta!: SpacesMetaDto;
  @ApiProperty({ type: 'object', properties: {}, example: {} }) data!: object;
  @ApiPropertyOptional({ type: SpacesClashDto, description: 'For a clash: the booking in the way.' })
  clash?: SpacesClashDto;
  @ApiPropertyOptional({
    type: [SpacesSlotDto],
    description: 'For a clash: up to three free times of the same length.',
  })
  next_free?: SpacesSlotDto[];
}

const META = { $ref: getSchemaPath(SpacesMetaDto) };

const envelopeSchema = (data: object, more: object = {}): object => ({
  type: 'object',
  required: ['meta', 'data'],
  properties: { meta: META, data, ...more },
});

function apiResponse(status: number, description: string, models: Type[], schema: object): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    ApiExtraModels(SpacesMetaDto, SpacesPagingDto, ...models),
    ApiResponse({ status, description, schema }),
  );
}

/** Responds with one resource. */
export const ApiItemResponse = (row: Type): MethodDecorator =>
  apiResponse(200, 'As it is now.', [row], envelopeSchema({ $ref: getSchemaPath(row) }));

/** Responds with one resource of any of these kinds. */
export const ApiItemOfResponse = (...rows: Type[]): MethodDecorator =>
  apiResponse(
    200,
    'As it is now.',
    rows,
    envelopeSchema({ oneOf: rows.map((row) => ({ $ref: getSchemaPath(row) })) }),
  );

export const ApiCreatedItemResponse = (row: Type): MethodDecorator =>
  apiResponse(201, 'It is made.', [row], envelopeSchema({ $ref: getSchemaPath(row) }));

/** Responds with a page; an empty one has no `paging`. */
export const ApiPageResponse = (row: Type): MethodDecorator =>
  apiResponse(
    200,
    'A page.',
    [row],
    envelopeSchema(
      { type: 'array', items: { $ref: getSchemaPath(row) } },
      { paging: { $ref: getSchemaPath(SpacesPagingDto) } },
    ),
  );

/** Responds with a list of things that do not exist here. */
export const ApiEmptyListResponse = (): MethodDecorator =>
  apiResponse(200, 'There are none.', [], envelopeSchema({ type: 'array', items: {}, maxItems: 0 }));

export const ApiDeletedResponse = (): MethodDecorator =>
  apiResponse(200, 'It is gone.', [], envelopeSchema({ type: 'object', additionalProperties: false }));

/** Describes the path parameters of a controller. */
export const ApiPathParameters = (): ClassDecorator =>
  describePath({
    event_id: field.ID,
    space_id: field.SPACE_ID,
    location_id: field.LOCATION_ID,
    user_id: field.USER_ID,
    level_id: field.LEVEL,
    amenity_id: field.AMENITY,
    organization: field.ORGANIZATION,
    user: field.USER,
    slug: field.SLUG,
  });

/** Failures that every authenticated request can meet. */
const COMMON_FAILURES: readonly FailureKind[] = [
  'unauthenticated',
  'rate-limited',
  'forbidden',
  'unavailable',
  'unexpected',
];

/** Failures of requests with a body. */
const BODY_FAILURES: readonly FailureKind[] = ['too-large', 'unsupported-media', 'invalid'];

/** Failures of an operation, beside the common ones. */
export const ApiFailures = (...kinds: FailureKind[]): MethodDecorator =>
  applyDecorators(...kinds.map(failureResponse));

/** Common failures of every operation in a controller. */
export const ApiCommonFailures = (): ClassDecorator =>
  applyDecorators(...COMMON_FAILURES.map(failureResponse)) as ClassDecorator;

/** Failures of an operation that reads a body. */
export const ApiBodyFailures = (): MethodDecorator => ApiFailures(...BODY_FAILURES);

function failureResponse(kind: FailureKind): MethodDecorator & ClassDecorator {
  const { status, description } = FAILURE_RESPONSES[kind];
  return ApiResponse({ status, type: SpacesErrorResponseDto, description });
}
