import type { Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { DescribedSurface } from '../http/described-surface.js';
import type { CredentialGenerator } from './credentials/credential-generator.js';
import type { Presented } from './credentials/verifier.js';
import type { ScopeRules } from './scopes.js';
import type { RateLimitState } from './limits/rate-limiter.js';

/** One product's API: its paths, wording and module, and how its clients authenticate. */
export interface Surface extends DescribedSurface {
  /** Its tables. */
  readonly entities: readonly Type[];
  readonly generateCredential: CredentialGenerator;
  readonly scopes: ScopeRules;
  /**
   * Reads the credential that a request presents; `undefined` if there is none. Throws a failure if it is malformed.
   */
  present(request: FastifyRequest): Presented | undefined;
  /** Response headers for the rate limit, if the product has any. */
  rateLimitHeaders(
    rateLimit: Pick<RateLimitState, 'limit' | 'remaining' | 'reset'>,
  ): Readonly<Record<string, string>>;
  /** Whether responses to requests that no credential was counted for have them too. */
  readonly rateLimitHeadersAlways?: boolean;
}

/** Injection token of the surfaces whose credentials the guard accepts. */
export const SURFACE_LIST = Symbol('surfaces');
