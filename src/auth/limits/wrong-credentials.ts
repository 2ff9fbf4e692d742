import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG, type Config } from '../../config/config.js';
import { Failure } from '../../core/failure.js';
import { AttemptLimiter, type Ceiling } from './attempt-limiter.js';
import { networkOf } from './network-address.js';

/** A credential was presented, and it is not valid: unknown, wrong, expired, revoked, or of another surface. */
export class WrongCredential extends Failure {
  constructor(message: string) {
    super('unauthenticated', message);
  }
}

/** Look-ups for an address over its ceiling: five at once, then five a second. */
const LOOKUP_EVERY_MS = 200;
const LOOKUPS_AT_ONCE = 5;

const MAX_ADDRESSES = 10_000;

/**
 * The ceiling of wrong credentials from one address. Over it, what this process remembers goes on working, and a few
 * credentials that it does not know are still looked up, so that a right one gets in.
 */
@Injectable()
export class WrongCredentials {
  private readonly ceiling: Ceiling;
  /** When an address over its ceiling has its next look-up, were they evenly spread. */
  private readonly nextLookups = new LRUCache<string, number>({ max: MAX_ADDRESSES });

  constructor(
    private readonly attempts: AttemptLimiter,
    @Inject(CONFIG) config: Config,
  ) {
    this.ceiling = {
      name: 'wrong credentials',
      attempts: config.wrongCredentialsPerMinute,
      seconds: 60,
      refusal: 'Too many wrong credentials came from this address.',
    };
  }

  /** Throws where a credential that this process does not know may not be looked up. */
  assertLookup(address: string | undefined): void {
    const whose = networkOf(address);
    const refusal = this.attempts.refusalOf(this.ceiling, whose);
    if (refusal === undefined) return;
    const now = performance.now();
    const next = Math.max(this.nextLookups.get(whose) ?? now, now);
    if (next - now > (LOOKUPS_AT_ONCE - 1) * LOOKUP_EVERY_MS) throw refusal;
    this.nextLookups.set(whose, next + LOOKUP_EVERY_MS);
  }

  /** Counts a wrong credential; throws where it is one too many. */
  count(address: string | undefined): Promise<void> {
    return this.attempts.count(this.ceiling, networkOf(address));
  }
}
