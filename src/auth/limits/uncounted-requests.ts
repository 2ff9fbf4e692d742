import type { Config } from '../../config/config.js';
import type { Surface } from '../surface.js';
import { WINDOW_SECONDS } from './rate-windows.repository.js';

/** Headers of a response, by the path of its request. */
export type HeadersOfPath = (path: string) => Readonly<Record<string, string>>;

const NONE = {};

/**
 * Rate limit headers of requests that were counted for no credential: refused before, or open to anybody. They tell the
 * whole limit until the end of the current minute; empty for surfaces that do not send them.
 */
export function uncountedRateLimitHeaders(
  surfaces: readonly Surface[],
  rateLimits: Config['rateLimits'],
): HeadersOfPath {
  const telling = surfaces.filter(
    ({ name, rateLimitHeadersAlways }) => rateLimitHeadersAlways === true && rateLimits[name] > 0,
  );
  return (path) => {
    const surface = telling.find(({ owns }) => owns(path));
    if (surface === undefined) return NONE;
    const limit = rateLimits[surface.name];
    const reset = (Math.floor(Date.now() / 1000 / WINDOW_SECONDS) + 1) * WINDOW_SECONDS;
    return surface.rateLimitHeaders({ limit, remaining: limit, reset });
  };
}
