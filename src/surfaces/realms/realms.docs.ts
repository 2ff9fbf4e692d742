import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiHeader,
  ApiResponse,
  getSchemaPath,
  type ApiResponseOptions,
} from '@nestjs/swagger';
import type { FailureKind } from '../../core/failure.js';
import { describePath } from '../../http/path-parameters.js';
import * as field from './realms.fields.js';
import { FAILURE_RESPONSES } from './realms.failure-responses.js';

const REPRESENTATIONS = ['application/json', 'text/xml', 'application/xml'] as const;

const inEachRepresentation = (schema: object): object =>
  Object.fromEntries(REPRESENTATIONS.map((type) => [type, { schema }]));

/** The XML root element is `result`. */
const response = (status: number, model: Type, description: string): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(model),
    ApiResponse({
      status,
      description,
      content: inEachRepresentation({ $ref: getSchemaPath(model), xml: { name: 'result' } }),
    } as ApiResponseOptions),
  );

export const ApiItemResponse = (model: Type, description = 'As it is now.'): MethodDecorator =>
  response(200, model, description);
export const ApiCreatedItemResponse = (model: Type): MethodDecorator =>
  response(201, model, 'It was created.');
export const ApiEmptyResponse = (): MethodDecorator =>
  ApiResponse({ status: 204, description: 'It is done.' });

/** A body in JSON, or in XML with any root element. */
export const ApiJsonOrXmlBody = (model: Type): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(model),
    ApiConsumes(...REPRESENTATIONS),
    ApiBody({ type: model, required: true }),
  );

/** Documents the path parameters of a controller. */
export const ApiPathParameters = (): ClassDecorator =>
  describePath({
    collection: field.COLLECTION,
    realm_id: field.REALM_ID,
    user_id: field.USER_ID,
    event_id: field.EVENT_ID,
    comment_id: field.COMMENT_ID,
  });

/** Documents them where a realm is never a user. */
export const ApiRealmPathParameters = (): ClassDecorator =>
  describePath({
    collection: field.MEMBERS_COLLECTION,
    realm_id: field.PLAIN_REALM_ID,
    enrollment_id: field.ENROLLMENT_ID,
  });

/** Errors of every call. */
const COMMON_FAILURES: readonly FailureKind[] = [
  'unauthenticated',
  'rate-limited',
  'forbidden',
  'unavailable',
  'unexpected',
];
/** Errors of calls with a body. */
const BODY_FAILURES: readonly FailureKind[] = ['too-large', 'unsupported-media', 'invalid'];

export const ApiFailures = (...kinds: FailureKind[]): MethodDecorator =>
  applyDecorators(...kinds.map(failureResponse));
export const ApiBodyFailures = (): MethodDecorator => ApiFailures(...BODY_FAILURES);

export const ApiCommonFailures = (): ClassDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'X-Schoology-Run-As',
      required: false,
      description: "Id of the user to act as; an administrator's key only.",
    }),
    ...COMMON_FAILURES.map(failureResponse),
  ) as ClassDecorator;

/** Example error texts for the OpenAPI document. */
const EXAMPLES: Partial<Readonly<Record<FailureKind, string>>> = {
  invalid: 'title is required; start must be an existing date and time, YYYY-MM-DD HH:MM:SS',
  unauthenticated: 'The consumer key is not known.',
  'too-large': 'The body is too large.',
  'unsupported-media': 'A body of type text/plain is not read here.',
  'rate-limited': 'Too many requests at the moment.',
  unavailable: 'The database does not answer at the moment. Please try again.',
  unexpected: 'Something went wrong on our side.',
};

function failureResponse(kind: FailureKind): MethodDecorator & ClassDecorator {
  const { status, body, description } = FAILURE_RESPONSES[kind];
  const text = { schema: { type: 'string', example: EXAMPLES[kind] ?? description } };
  const content = {
    ...(kind !== 'unauthenticated' && { 'application/json': text }),
    'text/plain': text,
  };
  return ApiResponse({ status, description, ...(body === 'text' && { content }) } as ApiResponseOptions);
}
