import type { Caller } from './caller.js';
import { instantOf, type Instant } from './instant.js';

/**
 * The one place that is asked what time it is. Rules take the answer as a value and statements take it as a
 * parameter, so neither `Date.now()` nor SQL's `now()` decides a rule and a tenant's clock could be moved. What
 * processes share among themselves (windows of ceilings, leases, nonces) goes by PostgreSQL's clock instead.
 */
export abstract class Clock {
  abstract now(caller?: Caller): Instant;
}

export class SystemClock extends Clock {
  override now(): Instant {
    return instantOf(Date.now());
  }
}
