import type { Caller } from './caller.js';
import { currentInstant, type Instant } from './instant.js';

/**
 * The only source of the current time. Rules take it as a value and statements as a parameter, so neither `Date.now()`
 * nor SQL's `now()` decides a rule, and a tenant's clock could be shifted. State that processes share (rate limit
 * windows, leases, nonces) uses PostgreSQL's clock instead.
 */
export abstract class Clock {
  abstract now(caller?: Caller): Instant;
}

export class SystemClock extends Clock {
  override now(): Instant {
    return currentInstant();
  }
}
