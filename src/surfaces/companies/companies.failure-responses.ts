import type { FailureKind } from '../../core/failure.js';

/** How a kind of failure is reported. */
interface FailureResponse {
  readonly status: number;
  /** Replaces the failure's own message where clients expect this exact text. */
  readonly message?: string;
  /** For the OpenAPI document. */
  readonly description: string;
}

export const FAILURE_RESPONSES: Readonly<Record<FailureKind, FailureResponse>> = {
  'unknown-path': { status: 404, description: 'There is no such path.' },
  'wrong-method': {
    status: 405,
    description: 'The path does not answer this method; `allow` names what it does.',
  },
  'request-timeout': {
    status: 408,
    description: 'The request took too long to arrive.',
  },
  'headers-too-large': {
    status: 431,
    description: 'The headers are larger than 16 KiB.',
  },
  'too-large': { status: 413, description: 'The body is larger than 1 MiB.' },
  'unsupported-media': { status: 415, description: 'The body is of a type that is not read here.' },
  unauthenticated: {
    status: 401,
    message: 'Unauthenticated.',
    description: 'No credential, or one that is not valid.',
  },
  'rate-limited': { status: 429, description: 'Over the ceiling; `retry-after` says when.' },
  forbidden: { status: 403, description: 'A scope is missing; the message names it.' },
  'not-found': { status: 404, description: 'The company has no such event, or the event no such cohost.' },
  malformed: { status: 400, description: 'The body could not be read.' },
  invalid: { status: 422, description: 'Faulty content; `errors` lists every faulty field.' },
  conflict: { status: 409, description: 'Its state does not allow this.' },
  unavailable: { status: 503, description: 'The database does not answer; try again.' },
  unexpected: { status: 500, description: 'Something went wrong on our side.' },
};
