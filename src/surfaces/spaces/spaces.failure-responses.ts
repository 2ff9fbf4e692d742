import type { FailureKind } from '../../core/failure.js';

/** How a kind of failure is reported. */
interface FailureResponse {
  readonly status: number;
  /** Upper-case text in `meta.status`. */
  readonly statusText: string;
  /** For the OpenAPI document. */
  readonly description: string;
}

export const FAILURE_RESPONSES: Readonly<Record<FailureKind, FailureResponse>> = {
  'unknown-path': { status: 404, statusText: 'NOT_FOUND', description: 'There is no such path.' },
  'wrong-method': {
    status: 405,
    statusText: 'METHOD_NOT_ALLOWED',
    description: 'The path does not answer this method.',
  },
  'request-timeout': {
    status: 408,
    statusText: 'REQUEST_TIMEOUT',
    description: 'The request took too long to arrive.',
  },
  'headers-too-large': {
    status: 431,
    statusText: 'REQUEST_HEADER_FIELDS_TOO_LARGE',
    description: 'The headers are larger than 16 KiB.',
  },
  'too-large': {
    status: 413,
    statusText: 'PAYLOAD_TOO_LARGE',
    description: 'The body is larger than 1 MiB.',
  },
  'unsupported-media': {
    status: 415,
    statusText: 'UNSUPPORTED_MEDIA_TYPE',
    description: 'The body is not JSON by its type.',
  },
  unauthenticated: {
    status: 401,
    statusText: 'UNAUTHORIZED',
    description: 'No access token, or one that is not valid.',
  },
  'rate-limited': {
    status: 429,
    statusText: 'TOO_MANY_REQUESTS',
    description: 'Over the ceiling; `retry-after` says when.',
  },
  forbidden: { status: 403, statusText: 'FORBIDDEN', description: 'Not yours to change.' },
  'not-found': { status: 404, statusText: 'NOT_FOUND', description: 'Your organization has no such thing.' },
  malformed: { status: 400, statusText: 'BAD_REQUEST', description: 'The body could not be read.' },
  invalid: {
    status: 400,
    statusText: 'BAD_REQUEST',
    description: 'Faulty content; `meta.more_info` lists every fault by its field.',
  },
  conflict: { status: 409, statusText: 'CONFLICT', description: 'Something else is in the way.' },
  unavailable: {
    status: 503,
    statusText: 'SERVICE_UNAVAILABLE',
    description: 'Too many want to book the space, or the database does not answer; try again.',
  },
  unexpected: {
    status: 500,
    statusText: 'INTERNAL_SERVER_ERROR',
    description: 'Something went wrong on our side.',
  },
};
