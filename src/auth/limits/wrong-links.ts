import type { AttemptLimiter, Ceiling } from './attempt-limiter.js';
import { networkOf } from './network-address.js';

/** The ceiling of wrong secrets that open something by themselves: links, codes of pages, verifiers. */
export class WrongLinks {
  private readonly ceiling: Ceiling;

  constructor(
    private readonly attempts: AttemptLimiter,
    perMinute: number,
  ) {
    this.ceiling = {
      name: 'wrong links',
      attempts: perMinute,
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
