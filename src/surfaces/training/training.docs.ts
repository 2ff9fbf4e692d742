import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FailureKind } from '../../core/failure.js';
import { describePath } from '../../http/path-parameters.js';
import * as field from './training.fields.js';
import { FAILURE_RESPONSES } from './training.failure-responses.js';

/** One validation error. */
export class TrainingFieldErrorDto {
  @ApiProperty({ enum: ['body', 'query', 'path'], example: 'body' }) location!: string;
  @ApiProperty({ description: 'The field at fault.', example: 'date_end' }) param!: string;
  @ApiProperty({ description: 'What is wrong with it.', example: 'date_end must be after date_start' })
  msg!: string;
}

export class TrainingErrorDto {
  @ApiProperty({ description: 'A name to program against.', example: 'EventNotFound' }) type!: string;
  @ApiProperty({
    description: 'A sentence for people.',
    example: 'No event of your organization has this id.',
  })
  message!: string;
  @ApiProperty({
    type: [TrainingFieldErrorDto],
    required: false,
    description: 'All faults, for RequestValidationError.',
  })
  errors?: TrainingFieldErrorDto[];
}

/** Error response of all routes of this product. */
export class TrainingErrorResponseDto {
  @ApiProperty({ enum: ['failure'], example: 'failure' }) result!: 'failure';
  @ApiProperty({ type: TrainingErrorDto }) error!: TrainingErrorDto;
}

export class TrainingDeletedResponseDto {
  @ApiProperty({ enum: ['success'], example: 'success' }) result!: 'success';
}

const wrapped = (data: object): object => ({
  title: 'wrapped',
  description: 'For a credential made with `envelope: true`.',
  type: 'object',
  required: ['result', 'data'],
  properties: { result: { type: 'string', enum: ['success'] }, data },
});

const eitherForm = (data: object): object => ({ oneOf: [data, wrapped(data)] });

/** Documents a response with one row, with or without the envelope. */
export const ApiItemResponse = (row: Type, status = 200): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(row),
    ApiResponse({
      status,
      description: 'As it is now.',
      schema: eitherForm({ $ref: getSchemaPath(row) }),
    }),
  );

/** Documents a response with a list, with or without the envelope. */
export const ApiListResponse = (row: Type, status = 200): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(row),
    ApiResponse({
      status,
      description: 'The list.',
      schema: eitherForm({ type: 'array', items: { $ref: getSchemaPath(row) } }),
    }),
  );

export const ApiNoContentResponse = (): MethodDecorator =>
  ApiResponse({ status: 204, description: 'It is gone; no body.' });

export const ApiDeletedResponse = (): MethodDecorator =>
  ApiResponse({ status: 200, type: TrainingDeletedResponseDto, description: 'It is gone.' });

/** Documents the path parameters of a controller. */
export const ApiPathParameters = (): ClassDecorator =>
  describePath({
    event_id: field.ID,
    class_id: field.CLASS_ID,
    resource_id: field.ID,
    presentation_id: field.ID,
    workspace_id: field.ID,
    member_id: field.ID,
    partner_id: field.ID,
    course_id: field.ID,
    enrollment_id: field.ID,
    subscription_id: field.ID,
  });

/** Errors possible on every authenticated route. */
const COMMON_FAILURES: readonly FailureKind[] = [
  'unauthenticated',
  'rate-limited',
  'forbidden',
  'unavailable',
  'unexpected',
];

/** Errors possible on every route with a body, before validation. */
const BODY_FAILURES: readonly FailureKind[] = ['malformed', 'too-large', 'unsupported-media'];

/** Error responses of a route, in addition to the common ones. */
export const ApiFailures = (...kinds: FailureKind[]): MethodDecorator =>
  applyDecorators(...kinds.map(failureResponse));

/** Error responses common to all routes of a controller. */
export const ApiCommonFailures = (): ClassDecorator =>
  applyDecorators(...COMMON_FAILURES.map(failureResponse)) as ClassDecorator;

/** Error responses of a route with a body. */
export const ApiBodyFailures = (): MethodDecorator => ApiFailures(...BODY_FAILURES, 'invalid');

function failureResponse(kind: FailureKind): MethodDecorator & ClassDecorator {
  const { status, description } = FAILURE_RESPONSES[kind];
  return ApiResponse({ status, type: TrainingErrorResponseDto, description });
}
