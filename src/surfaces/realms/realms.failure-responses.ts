import type { FailureKind } from '../../core/failure.js';

/** Status, body and documentation of a failure. */
interface FailureResponse {
  readonly status: number;
  /** Some error responses have no body. */
  readonly body: 'text' | 'none';
  /** For the OpenAPI document. */
  readonly description: string;
}

export const FAILURE_RESPONSES: Readonly<Record<FailureKind, FailureResponse>> = {
  'unknown-path': { status: 404, body: 'none', description: 'There is no such path.' },
  'wrong-method': { status: 405, body: 'text', description: 'The path does not answer this method.' },
  'request-timeout': {
    status: 408,
    body: 'text',
    description: 'The request took too long to arrive.',
  },
  'headers-too-large': {
    status: 431,
    body: 'text',
    description: 'The headers are larger than 16 KiB.',
  },
  'too-large': { status: 413, body: 'text', description: 'The body is larger than 1 MiB.' },
  'unsupported-media': {
    status: 415,
    body: 'text',
    description: 'The body is neither JSON nor XML by its type.',
  },
  unauthenticated: {
    status: 401,
    body: 'text',
    description: 'The request is not signed, or not as it should be; the text says what is wrong.',
  },
  'rate-limited': { status: 429, body: 'text', description: 'Over the ceiling; `retry-after` says when.' },
  forbidden: {
    status: 403,
    body: 'none',
    description: 'The collection does not exist, or the caller may not do this there.',
  },
  'not-found': {
    status: 404,
    body: 'none',
    description: 'Your organization has no such realm, event or comment.',
  },
  malformed: { status: 400, body: 'text', description: 'The body could not be read.' },
  invalid: { status: 400, body: 'text', description: 'Faulty content; the text names every fault.' },
  conflict: { status: 409, body: 'text', description: 'Its state does not allow this.' },
  unavailable: { status: 503, body: 'text', description: 'The database does not answer; try again.' },
  unexpected: { status: 500, body: 'text', description: 'Something went wrong on our side.' },
};
