import { ApiProperty } from '@nestjs/swagger';
import { check, Required, type Field } from '../../../http/validation/field.js';
import { isBelowV1 } from './realm-multiget-path.js';

export const MAX_PATHS = 50;
const MAX_PATH = 2000;

/** A single path is a list of one, since XML does not distinguish them. */
const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const PATHS: Field = {
  checks: [
    check(
      'arePaths',
      `must be a list of 1 to ${MAX_PATHS} paths below /v1/`,
      (value) =>
        toList(value).length >= 1 &&
        toList(value).length <= MAX_PATHS &&
        toList(value).every((path) => typeof path === 'string' && path.length <= MAX_PATH && isBelowV1(path)),
    ),
  ],
  schema: {
    type: 'array',
    items: { type: 'string' },
    minItems: 1,
    maxItems: MAX_PATHS,
    description: 'Paths, each with its query. All that can be read by GET, save tokens, can be asked for.',
    example: ['/v1/sections/12/events?limit=5', '/v1/users/me/upcoming'],
  } as Field['schema'],
  transform: (value: unknown) => toList(value),
};

export class RealmMultigetDto {
  @Required(PATHS) request!: string[];
}

export class RealmMultigetPartDto {
  @ApiProperty({ description: 'The path as it was asked for.', example: '/v1/sections/12/events?limit=5' })
  location!: string;
  @ApiProperty({ type: 'integer', description: 'The status of its answer.', example: 200 })
  response_code!: number;
  @ApiProperty({
    description:
      'What the path alone would have answered: an object, or a text that is empty where there is none.',
    oneOf: [{ type: 'object', additionalProperties: true }, { type: 'string' }],
    example: { response: 'yes', counts: { yes: 12, no: 1, maybe: 3 } },
  })
  body!: unknown;
}

export class RealmMultigetResponseDto {
  @ApiProperty({ type: [RealmMultigetPartDto], description: 'In the order of the question.' })
  response!: RealmMultigetPartDto[];
}
