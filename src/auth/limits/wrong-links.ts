import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { AttemptLimiter, type Ceiling } from './attempt-limiter.js';
import { networkOf } from './network-address.js';

/** The ceiling of wrong secrets that open something by themselves: links, codes of pages, verifiers. */
@Injectable()
export class WrongLinks {
  private readonly ceiling: Ceiling;

  constructor(
    private readonly attempts: AttemptLimiter,
    @Inject(CONFIG) config: Config,
  ) {
    this.ceiling = {
      name: 'wrong links',
      attempts: config.wrongLinksPerMinute,
      seconds: 60,
      refusal: 'Too many wrong links or codes came from this address.',
    };
  }

  /** What a secret opens. Nothing counts as a wrong one; at the ceiling nothing is looked for. */
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

  /** Throws where the address tried too many. */
  assertAllowed(address: string | undefined): void {
    this.attempts.assertAllowed(this.ceiling, networkOf(address));
  }

  /** Counts a wrong one; throws where it is one too many. */
  count(address: string | undefined): Promise<void> {
    return this.attempts.count(this.ceiling, networkOf(address));
  }
}
