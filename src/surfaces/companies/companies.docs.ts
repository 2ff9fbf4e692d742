import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FailureKind } from '../../core/failure.js';
import { describePath } from '../../http/path-parameters.js';
import * as field from './companies.fields.js';
import { FAILURE_RESPONSES } from './companies.failure-responses.js';

/** The body of every error response. */
export class CompaniesErrorResponseDto {
  @ApiProperty({ description: 'A sentence for people.', example: 'The company has no event with this id.' })
  message!: string;
}

/** The body of a validation error. */
export class CompaniesValidationErrorResponseDto {
  @ApiProperty({
    description: 'The first fault, and how many more there are.',
    example: 'name is required (and 1 more error)',
  })
  message!: string;

  @ApiPropertyOptional({
    description: 'Every faulty field with what is wrong with it.',
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { name: ['name is required'], timezone: ['timezone is required'] },
  })
  errors?: Record<string, string[]>;
}

export class PageLinksDto {
  @ApiProperty({ type: String, example: 'http://localhost:3000/api/v1/companies?page=1' }) first!: string;
  @ApiProperty({ type: String, example: 'http://localhost:3000/api/v1/companies?page=3' }) last!: string;
  @ApiProperty({ type: String, nullable: true, example: null }) prev!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'http://localhost:3000/api/v1/companies?page=2' })
  next!: string | null;
}

export class PageMetaDto {
  @ApiProperty({ type: 'integer', description: 'Which page this is, from 1.', example: 1 })
  current_page!: number;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Place of its first row in the list, from 1.',
    example: 1,
  })
  from!: number | null;
  @ApiProperty({ type: 'integer', description: 'Number of pages, at least 1.', example: 3 })
  last_page!: number;
  @ApiProperty({ type: 'integer', description: 'Rows on a full page.', example: 15 }) per_page!: number;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Place of its last row in the list.',
    example: 15,
  })
  to!: number | null;
  @ApiProperty({ type: 'integer', description: 'Rows of the whole list.', example: 34 }) total!: number;
}

const dataSchema = (data: object): object => ({ type: 'object', required: ['data'], properties: { data } });

/** Responds with one resource in a `data` envelope. */
export const ApiItemResponse = (row: Type, status = 200): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(row),
    ApiResponse({ status, description: 'As it is now.', schema: dataSchema({ $ref: getSchemaPath(row) }) }),
  );

/** Responds with a page of a list. */
export const ApiPageResponse = (row: Type): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(row, PageLinksDto, PageMetaDto),
    ApiResponse({
      status: 200,
      description: 'A page of the list.',
      schema: {
        type: 'object',
        required: ['data', 'links', 'meta'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(row) } },
          links: { $ref: getSchemaPath(PageLinksDto) },
          meta: { $ref: getSchemaPath(PageMetaDto) },
        },
      },
    }),
  );

/** Describes the path parameters of a controller. */
export const ApiPathParameters = (): ClassDecorator =>
  describePath({ company: field.COMPANY_ID, event: field.EVENT_ID, cohost: field.COHOST_ID });

/** Failures that every authenticated request can meet. */
const COMMON_FAILURES: readonly FailureKind[] = [
  'unauthenticated',
  'rate-limited',
  'forbidden',
  'unavailable',
  'unexpected',
];

/** Failures of requests with a body, before its content is validated. */
const BODY_FAILURES: readonly FailureKind[] = ['malformed', 'too-large', 'unsupported-media'];

/** Failures of an operation, beside the common ones. */
export const ApiFailures = (...kinds: FailureKind[]): MethodDecorator =>
  applyDecorators(...kinds.map(failureResponse));

/** Common failures of every operation in a controller. */
export const ApiCommonFailures = (): ClassDecorator =>
  applyDecorators(...COMMON_FAILURES.map(failureResponse)) as ClassDecorator;

/** Failures of an operation that reads a body. */
export const ApiBodyFailures = (): MethodDecorator => ApiFailures(...BODY_FAILURES, 'invalid');

function failureResponse(kind: FailureKind): MethodDecorator & ClassDecorator {
  const { status, description } = FAILURE_RESPONSES[kind];
  return ApiResponse({
    status,
    type: kind === 'invalid' ? CompaniesValidationErrorResponseDto : CompaniesErrorResponseDto,
    description,
  });
}
