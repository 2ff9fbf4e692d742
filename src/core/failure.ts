/**
 * The kinds of failure, shared by all surfaces. Rules choose the kind; each surface decides its status, wording and
 * media type: every dialect has a `Record<FailureKind, …>`, so a new kind does not compile until each surface maps it.
 *
 * The order is the order of precedence: if a request fails in several ways, the first kind in this list is returned.
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

/** One error in a request's content. */
export interface Fault {
  readonly location: 'body' | 'query' | 'path';
  /** The field's name in the API, dotted if nested; empty for the content as a whole. */
  readonly field: string;
  readonly message: string;
}

interface FailureDetails {
  /** The product's own code for this failure (`EventNotFound`), if it has one besides the kind. */
  readonly code?: string;
  readonly faults?: readonly Fault[];
  /** Whole seconds after which a retry makes sense. */
  readonly retryAfter?: number;
  /** Methods that the path supports, for `wrong-method`. */
  readonly allow?: readonly string[];
  readonly cause?: unknown;
}

/** The only exception that rules throw. The filter reports anything else as `unexpected`, without details. */
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

/** Rejects content with all its faults at once. */
export function invalid(faults: readonly Fault[]): Failure {
  return new Failure('invalid', faults[0]?.message ?? 'The request is not valid.', { faults });
}

/** Rejects one field of the body, for checks that only the database can make. */
export function invalidField(field: string, message: string): Failure {
  return invalid([{ location: 'body', field, message }]);
}
