import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '../../config/config.js';
import { Failure } from '../../core/failure.js';
import { AttemptLimiter, type AttemptLimit } from './attempt-limiter.js';
import { networkOf } from './network-address.js';
import { RefusedAttempts } from './refused-attempts.js';

/** The presented credential is invalid: unknown, wrong, expired, revoked, or of another surface. */
export class WrongCredential extends Failure {
  constructor(message: string) {
    super('unauthenticated', message);
  }
}

/** Lookups for an address over its limit: a burst of five, then five per second. */
const LOOKUP_EVERY_MS = 200;
const LOOKUPS_AT_ONCE = 5;

const MAX_ADDRESSES = 10_000;

/**
 * Limits wrong credentials per address. Over the limit, cached credentials still work, and a few unknown ones are still
 * looked up, so that a valid one can succeed.
 */
@Injectable()
export class WrongCredentials {
  private readonly limit: AttemptLimit;
  /** When an address over its limit may have its next lookup, if they were evenly spread. */
  private readonly nextLookups = new LRUCache<string, number>({ max: MAX_ADDRESSES });

  constructor(
    private readonly attempts: AttemptLimiter,
    private readonly refused: RefusedAttempts,
    @Inject(CONFIG) config: Config,
  ) {
    this.limit = {
      name: 'wrong credentials',
      attempts: config.wrongCredentialsPerMinute,
      seconds: 60,
      refusal: 'Too many wrong credentials came from this address.',
    };
  }

  /** Throws if a credential for `opens` (a surface, `admin`) that is not cached may not be looked up. */
  assertLookupAllowed(opens: string, address: string | undefined): void {
    const subject = networkOf(address);
    const refusal = this.attempts.refusalOf(this.limit, subject);
    if (refusal === undefined) return;
    const now = performance.now();
    const next = Math.max(this.nextLookups.get(subject) ?? now, now);
    if (next - now > (LOOKUPS_AT_ONCE - 1) * LOOKUP_EVERY_MS) {
      this.refused.note('credential.refused', opens, address);
      throw refusal;
    }
    this.nextLookups.set(subject, next + LOOKUP_EVERY_MS);
  }

  /** Counts a wrong credential; throws if it exceeds the limit. */
  count(opens: string, address: string | undefined): Promise<void> {
    this.refused.note('credential.refused', opens, address);
    return this.attempts.count(this.limit, networkOf(address));
  }
}
