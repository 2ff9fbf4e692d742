import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';
import type { FailureKind } from '../../core/failure.js';
import { describePath } from '../../http/path-parameters.js';
import * as field from './polls.fields.js';
import { FAILURE_RESPONSES } from './polls.failure-responses.js';

/** Body of all error responses. */
export class PollErrorResponseDto {
  @ApiProperty({ type: 'integer', description: 'The HTTP status once more.', example: 400 }) status!: number;
  @ApiProperty({ description: 'A sentence for people.', example: 'title is required' }) message!: string;
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    description: 'All faults of the content, by field.',
    example: {
      title: ['title is required'],
      'dates.0.end_date': ['dates.0.end_date must not be before date'],
    },
  })
  errors?: Record<string, string[]>;
}

/** Response body of calls without a result. */
export const OK = 'OK';

export const ApiTextResponse = (): MethodDecorator =>
  ApiResponse({
    status: 200,
    description: 'Done.',
    content: { 'text/plain': { schema: { type: 'string', enum: [OK], example: OK } } },
  });

/** Documents the path parameters of a controller. */
export const ApiPathParameters = (): ClassDecorator =>
  describePath({
    event_id: field.EVENT_ID,
    invitee_id: field.INVITEE_ID,
    hook_id: field.HOOK_ID,
    user_id: field.USER_ID,
    team_id: field.TEAM_ID,
    delivery_id: field.DELIVERY_ID,
  });

/** Errors of every authenticated call. */
const COMMON_FAILURES: readonly FailureKind[] = [
  'unauthenticated',
  'rate-limited',
  'forbidden',
  'unavailable',
  'unexpected',
];

/** Errors of calls with a body, before its content is validated. */
const BODY_FAILURES: readonly FailureKind[] = ['too-large', 'unsupported-media'];

/** Documents further errors of a call. */
export const ApiFailures = (...kinds: FailureKind[]): MethodDecorator =>
  applyDecorators(...kinds.map(failureResponse));

/** Documents the errors of every call of a controller. */
export const ApiCommonFailures = (): ClassDecorator =>
  applyDecorators(...COMMON_FAILURES.map(failureResponse)) as ClassDecorator;

/** Documents the errors of a call that reads a body. */
export const ApiBodyFailures = (): MethodDecorator => ApiFailures(...BODY_FAILURES, 'invalid');

function failureResponse(kind: FailureKind): MethodDecorator & ClassDecorator {
  const { status, description } = FAILURE_RESPONSES[kind];
  return ApiResponse({ status, type: PollErrorResponseDto, description });
}
