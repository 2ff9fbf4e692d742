import {
  applyDecorators,
  Controller,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  UseInterceptors,
  type Type,
} from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOperation,
  ApiProperty,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { RequiresAdminToken } from '../auth/requirement.js';
import type { FailureKind } from '../core/failure.js';
import type { Field } from '../http/validation/field.js';
import { HTTP_STATUS } from '../http/fallback.dialect.js';
import { describePath, type PathParameters } from '../http/path-parameters.js';
import { REALM_KINDS } from '../surfaces/realms/catalogue/realm-kind.js';
import { ID } from './admin.fields.js';
import { ID_OR_SLUG } from './organizations/organizations.dto.js';
import { AuditInterceptor } from './audit/audit.interceptor.js';
import { TenantInterceptor } from './tenant.js';

/** One validation error. */
export class ProblemFieldErrorDto {
  @ApiProperty({ enum: ['body', 'query', 'path'], example: 'body' }) location!: string;
  @ApiProperty({ description: 'The field at fault.', example: 'email' }) field!: string;
  @ApiProperty({ description: 'What is wrong with it.', example: 'email must be an e-mail address' })
  message!: string;
}

/** Error response of the admin API: RFC 9457 problem details. */
export class ProblemDetailsDto {
  @ApiProperty({ example: 'about:blank' }) type!: string;
  @ApiProperty({ description: 'The status in words.', example: 'Unprocessable Entity' }) title!: string;
  @ApiProperty({ type: 'integer', example: 422 }) status!: number;
  @ApiProperty({ description: 'A sentence for people.', example: 'email must be an e-mail address' })
  detail!: string;
  @ApiProperty({
    type: [ProblemFieldErrorDto],
    required: false,
    description: 'All faults of the content at once.',
  })
  errors?: ProblemFieldErrorDto[];
}

/** Descriptions of the error responses in the OpenAPI document. */
const MEANINGS: Readonly<Record<FailureKind, string>> = {
  'unknown-path': 'There is no such path.',
  'wrong-method': 'The path does not answer this method.',
  'request-timeout': 'The request took too long to arrive.',
  'headers-too-large': 'The headers are larger than 16 KiB.',
  'too-large': 'The body is larger than 1 MiB.',
  'unsupported-media': 'The body is not JSON by its type.',
  unauthenticated: 'No admin token, or a wrong one; or the admin API is closed.',
  'rate-limited': 'Too many wrong tokens came from this address; `retry-after` says when to go on.',
  forbidden: 'The admin token lacks the scope for this.',
  'not-found': 'There is no such organization, or it has no such row.',
  malformed: 'The body could not be read.',
  invalid: 'Faulty content; `errors` lists every fault.',
  conflict: 'Others refer to the row, or another row has what must be unique; the answer names it.',
  unavailable: 'The database does not answer; try again.',
  unexpected: 'Something went wrong on our side.',
};

/** Summary of a route, and its method name in generated clients. */
type Operation = readonly [operationId: string, summary: string];

/** Path parameters. Each resource describes its own `id`. */
const PATH: PathParameters = {
  org: ID_OR_SLUG,
  kind: {
    schema: {
      type: 'string',
      enum: [...REALM_KINDS],
      description: 'The kind of the realm.',
      example: 'section',
    },
  },
  realm: { schema: { type: 'integer', description: 'Id of the realm.', example: 3 } },
};

/** A top-level resource. */
export const AdminResource = (tag: string, path: string, id: Pick<Field, 'schema'> = ID): ClassDecorator =>
  applyDecorators(
    ApiTags(tag),
    ApiExtraModels(ProblemDetailsDto),
    RequiresAdminToken(),
    UseInterceptors(AuditInterceptor),
    ApiFailures(
      'unauthenticated',
      'rate-limited',
      'forbidden',
      'unavailable',
      'unexpected',
    ) as ClassDecorator,
    Controller(`admin/v1/${path}`),
    describePath({ ...PATH, id }),
  );

/** A resource of an organization. */
export const TenantResource = (tag: string, path: string, id?: Pick<Field, 'schema'>): ClassDecorator =>
  applyDecorators(
    AdminResource(tag, `organizations/:org/${path}`, id),
    UseInterceptors(TenantInterceptor),
    ApiFailures('not-found') as ClassDecorator,
  );

export const CreateRoute = (answer: Type, ...[operationId, summary]: Operation): MethodDecorator =>
  applyDecorators(
    Post(),
    ApiOperation({ operationId, summary }),
    ApiResponse({ status: 201, type: answer, description: 'As it was made.' }),
    ApiBodyFailures(),
  );

export const ListRoute = (answer: Type, ...[operationId, summary]: Operation): MethodDecorator =>
  applyDecorators(
    Get(),
    ApiOperation({ operationId, summary }),
    ApiExtraModels(answer),
    ApiResponse({ status: 200, description: 'One page of the list.', schema: pageSchema(answer) }),
    ApiFailures('invalid'),
  );

export const FindRoute = (answer: Type, ...[operationId, summary]: Operation): MethodDecorator =>
  applyDecorators(
    Get(':id'),
    ApiOperation({ operationId, summary }),
    ApiResponse({ status: 200, type: answer, description: 'As it is now.' }),
    ApiFailures('not-found'),
  );

export const UpdateRoute = (answer: Type, ...[operationId, summary]: Operation): MethodDecorator =>
  applyDecorators(
    Patch(':id'),
    ApiOperation({ operationId, summary }),
    ApiResponse({ status: 200, type: answer, description: 'As it is now.' }),
    ApiBodyFailures(),
    ApiFailures('not-found'),
  );

export const DeleteRoute = (...[operationId, summary]: Operation): MethodDecorator =>
  applyDecorators(
    Delete(':id'),
    HttpCode(204),
    ApiOperation({ operationId, summary }),
    ApiResponse({ status: 204, description: 'It is gone.' }),
    ApiFailures('not-found'),
  );

/** Error responses of a route, in addition to the common ones. */
export const ApiFailures = (...kinds: FailureKind[]): MethodDecorator =>
  applyDecorators(...kinds.map((kind) => failureResponse(kind)));

const ApiBodyFailures = (): MethodDecorator =>
  ApiFailures('malformed', 'too-large', 'unsupported-media', 'invalid');

function failureResponse(kind: FailureKind): MethodDecorator & ClassDecorator {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDetailsDto) } } };
  return ApiResponse({ status: HTTP_STATUS[kind], description: MEANINGS[kind], content });
}

function pageSchema(answer: Type): object {
  return {
    type: 'object',
    required: ['data', 'page', 'per_page', 'total'],
    properties: {
      data: { type: 'array', items: { $ref: getSchemaPath(answer) } },
      page: { type: 'integer', example: 1 },
      per_page: { type: 'integer', example: 50 },
      total: { type: 'integer', description: 'Rows in all.', example: 1 },
    },
  };
}
