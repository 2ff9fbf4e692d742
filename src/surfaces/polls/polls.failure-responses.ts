import type { FailureKind } from '../../core/failure.js';

/** Status and documentation of a failure. */
interface FailureResponse {
  readonly status: number;
  /** For the OpenAPI document. */
  readonly description: string;
}

export const FAILURE_RESPONSES: Readonly<Record<FailureKind, FailureResponse>> = {
  'unknown-path': { status: 404, description: 'There is no such path.' },
  'wrong-method': { status: 405, description: 'The path does not answer this method.' },
  'request-timeout': {
    status: 408,
    description: 'The request took too long to arrive.',
  },
  'headers-too-large': {
    status: 431,
    description: 'The headers are larger than 16 KiB.',
  },
  'too-large': { status: 413, description: 'The body is larger than 1 MiB.' },
  'unsupported-media': { status: 415, description: 'The body is neither JSON nor a form.' },
  unauthenticated: { status: 401, description: 'No key, or one that is not valid.' },
  'rate-limited': { status: 429, description: 'Over the ceiling; `retry-after` says when to go on.' },
  forbidden: { status: 403, description: 'The key does not allow this.' },
  'not-found': {
    status: 404,
    description: 'Your organization has no such event, invitee, hook, user or team.',
  },
  malformed: { status: 400, description: 'The body could not be read.' },
  invalid: { status: 400, description: 'Faulty content; `errors` lists every fault by its field.' },
  conflict: {
    status: 409,
    description: 'The state of what is there does not allow this.',
  },
  unavailable: { status: 503, description: 'It took too long, or the database does not answer; try again.' },
  unexpected: { status: 500, description: 'Something went wrong on our side.' },
};
