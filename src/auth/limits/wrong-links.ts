import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { AttemptLimiter, type AttemptLimit } from './attempt-limiter.js';
import { networkOf } from './network-address.js';
import { RefusedAttempts } from './refused-attempts.js';

/** Limits wrong secrets that give access by themselves: links, page codes, verifiers. */
@Injectable()
export class WrongLinks {
  private readonly limit: AttemptLimit;

  constructor(
    private readonly attempts: AttemptLimiter,
    private readonly refused: RefusedAttempts,
    @Inject(CONFIG) config: Config,
  ) {
    this.limit = {
      name: 'wrong links',
      attempts: config.wrongLinksPerMinute,
      seconds: 60,
      refusal: 'Too many wrong links or codes came from this address.',
    };
  }

  /** Returns what `find` finds for a secret. Finding nothing counts as a wrong one; over the limit `find` is not called. */
  async open<T>(
    address: string | undefined,
    find: () => Promise<T | false | undefined>,
  ): Promise<T | undefined> {
    this.assertAllowed(address);
    const found = await find();
    if (found !== undefined && found !== false) return found;
    await this.count(address);
    return undefined;
  }

  /** Throws if the address reached the limit. */
  assertAllowed(address: string | undefined): void {
    const refusal = this.attempts.refusalOf(this.limit, networkOf(address));
    if (refusal === undefined) return;
    this.refused.note('link.refused', null, address);
    throw refusal;
  }

  /** Counts a wrong secret; throws if it exceeds the limit. */
  count(address: string | undefined): Promise<void> {
    this.refused.note('link.refused', null, address);
    return this.attempts.count(this.limit, networkOf(address));
  }
}
