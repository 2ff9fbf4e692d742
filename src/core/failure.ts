/**
 * What can go wrong, said once for every surface. The domain names the kind; how it is said (status, words,
 * media type) is the surface's own business: each dialect holds a `Record<FailureKind, …>`, so a kind added here
 * does not compile until every surface has decided how to say it.
 *
 * The order is the order of refusals: where a request has several faults, the first kind in this list is told.
 */
export const FAILURE_KINDS = [
  'unknown-path',
  'wrong-method',
  'request-timeout',
  'headers-too-large',
  'too-large',
  'unsupported-media',
  'unauthenticated',
  'rate-limited',
  'forbidden',
  'not-found',
  'malformed',
  'invalid',
  'conflict',
  'unavailable',
  'unexpected',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** One fault of a request's content: where it stands and what is wrong with it, in plain words. */
export interface Fault {
  readonly location: 'body' | 'query' | 'path';
  /** The field's wire name, dotted where nested; empty for the content as a whole. */
  readonly field: string;
  readonly message: string;
}

interface FailureDetails {
  /** The product's own name for this failure (`EventNotFound`), where it has one beyond the kind. */
  readonly code?: string;
  readonly faults?: readonly Fault[];
  /** Whole seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** Methods that the path does serve, for `wrong-method`. */
  readonly allow?: readonly string[];
  readonly cause?: unknown;
}

/** The one exception that rules throw. Anything else that reaches the filter is `unexpected` and stays hidden. */
export class Failure extends Error {
  readonly code: string | undefined;
  readonly faults: readonly Fault[];
  readonly retryAfter: number | undefined;
  readonly allow: readonly string[];

  constructor(
    readonly kind: FailureKind,
    message: string,
    details: FailureDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.faults = details.faults ?? [];
    this.retryAfter = details.retryAfter;
    this.allow = details.allow ?? [];
  }
}

/** A refusal of content with all its faults at once. */
export function invalid(faults: readonly Fault[]): Failure {
  return new Failure('invalid', faults[0]?.message ?? 'The request is not valid.', { faults });
}

/** A refusal of one field of the body, for what only the database can tell. */
export function invalidField(field: string, message: string): Failure {
  return invalid([{ location: 'body', field, message }]);
}
