import type { FailureKind } from '../../core/failure.js';

/** The error response of this product for a kind of failure. */
interface FailureResponse {
  readonly status: number;
  /** The `type` of the error if the failure has no code of its own. */
  readonly type: string;
  /** For the OpenAPI document. */
  readonly description: string;
}

export const FAILURE_RESPONSES: Readonly<Record<FailureKind, FailureResponse>> = {
  'unknown-path': { status: 404, type: 'NotFound', description: 'There is no such path.' },
  'wrong-method': {
    status: 405,
    type: 'MethodNotAllowed',
    description: 'The path does not answer this method.',
  },
  'request-timeout': {
    status: 408,
    type: 'RequestTimeout',
    description: 'The request took too long to arrive.',
  },
  'headers-too-large': {
    status: 431,
    type: 'RequestHeaderFieldsTooLarge',
    description: 'The headers are larger than 16 KiB.',
  },
  'too-large': { status: 413, type: 'PayloadTooLarge', description: 'The body is larger than 1 MiB.' },
  'unsupported-media': {
    status: 415,
    type: 'UnsupportedMediaType',
    description: 'A body of this type is not read here.',
  },
  unauthenticated: {
    status: 401,
    type: 'Unauthorized',
    description: 'No credential, or one that is not valid.',
  },
  'rate-limited': {
    status: 429,
    type: 'TooManyRequests',
    description: 'Over the ceiling; `retry-after` says when.',
  },
  forbidden: { status: 403, type: 'Forbidden', description: 'The credential does not allow this.' },
  'not-found': {
    status: 404,
    type: 'NotFound',
    description: 'Your organization has no such row.',
  },
  malformed: { status: 400, type: 'BadRequest', description: 'The body could not be read.' },
  invalid: {
    status: 422,
    type: 'RequestValidationError',
    description: 'Faulty content; `errors` lists every fault.',
  },
  conflict: { status: 409, type: 'Conflict', description: 'Its state does not allow this.' },
  unavailable: {
    status: 503,
    type: 'ServiceUnavailable',
    description: 'The database does not answer; try again.',
  },
  unexpected: { status: 500, type: 'InternalServerError', description: 'Something went wrong on our side.' },
};
