import type { FastifyRequest } from 'fastify';
import type { DescribedSurface } from '../http/described-surface.js';
import type { Presented } from './credentials/verifier.js';
import type { RateLimitState } from './limits/rate-limiter.js';

/** One product's API: its paths, its wording, its module, and how its clients prove themselves. */
export interface Surface extends DescribedSurface {
  /**
   * What a request proves itself with, as this product's clients send it; `undefined` when there is nothing.
   * A form that is none throws a failure that says so.
   */
  present(request: FastifyRequest): Presented | undefined;
  /** Headers that tell a client what is left of its rate limit, where the product has such headers. */
  rateLimitHeaders(rateLimit: RateLimitState): Readonly<Record<string, string>>;
}

/** Injection token of the surfaces whose credentials the guard takes. */
export const SURFACE_LIST = Symbol('surfaces');
