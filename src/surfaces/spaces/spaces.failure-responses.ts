import type { FailureKind } from '../../core/failure.js';

/** How this product says a kind of failure. */
interface Words {
  readonly status: number;
  /** The upper-case word in `meta.status`. */
  readonly word: string;
  /** For the documents. */
  readonly description: string;
}

export const FAILURE_RESPONSES: Readonly<Record<FailureKind, Words>> = {
  'unknown-path': { status: 404, word: 'NOT_FOUND', description: 'There is no such path.' },
  'wrong-method': {
    status: 405,
    word: 'METHOD_NOT_ALLOWED',
    description: 'The path does not answer this method.',
  },
  'request-timeout': {
    status: 408,
    word: 'REQUEST_TIMEOUT',
    description: 'The request took too long to arrive.',
  },
  'headers-too-large': {
    status: 431,
    word: 'REQUEST_HEADER_FIELDS_TOO_LARGE',
    description: 'The headers are larger than 16 KiB.',
  },
  'too-large': { status: 413, word: 'PAYLOAD_TOO_LARGE', description: 'The body is larger than 1 MiB.' },
  'unsupported-media': {
    status: 415,
    word: 'UNSUPPORTED_MEDIA_TYPE',
    description: 'The body is not JSON by its type.',
  },
  unauthenticated: {
    status: 401,
    word: 'UNAUTHORIZED',
    description: 'No access token, or one that is not valid.',
  },
  'rate-limited': {
    status: 429,
    word: 'TOO_MANY_REQUESTS',
    description: 'Over the ceiling; `retry-after` says when.',
  },
  forbidden: { status: 403, word: 'FORBIDDEN', description: 'Not yours to change.' },
  'not-found': { status: 404, word: 'NOT_FOUND', description: 'Your organization has no such thing.' },
  malformed: { status: 400, word: 'BAD_REQUEST', description: 'The body could not be read.' },
  invalid: {
    status: 400,
    word: 'BAD_REQUEST',
    description: 'Faulty content; `meta.more_info` lists every fault by its field.',
  },
  conflict: { status: 409, word: 'CONFLICT', description: 'Something else is in the way.' },
  unavailable: {
    status: 503,
    word: 'SERVICE_UNAVAILABLE',
    description: 'Too many want to book the space, or the database does not answer; try again.',
  },
  unexpected: {
    status: 500,
    word: 'INTERNAL_SERVER_ERROR',
    description: 'Something went wrong on our side.',
  },
};
