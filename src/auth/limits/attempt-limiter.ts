import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Failure } from '../../core/failure.js';
import { AttemptWindowsRepository } from './attempt-windows.repository.js';

/** A limit on how often something may be attempted. */
export interface AttemptLimit {
  /** Separates the counts of different limits. */
  readonly name: string;
  /** Attempts per window; 0 disables the limit. */
  readonly attempts: number;
  /** Length of the window, which begins with its first attempt. */
  readonly seconds: number;
  /** The error message once the limit is reached. */
  readonly refusal: string;
}

/** A window as this process knows it. */
interface KnownWindow {
  attempts: number;
  /** By `performance.now()`. */
  endsAt: number;
}

const MAX_KNOWN = 10_000;

/**
 * Limits attempts across all processes. Every attempt is counted in PostgreSQL until a process knows that the limit is
 * reached; until the window ends it then rejects attempts without a statement.
 */
@Injectable()
export class AttemptLimiter {
  private readonly log = new Logger('attempts');
  private readonly windows = new LRUCache<string, KnownWindow>({ max: MAX_KNOWN });

  constructor(
    @Inject(AttemptWindowsRepository) private readonly table: Pick<AttemptWindowsRepository, 'countAttempt'>,
  ) {}

  /** The failure of another attempt, or `undefined` if the limit is not reached as far as this process knows. */
  refusalOf(limit: AttemptLimit, subject: string): Failure | undefined {
    const window = this.windows.get(keyOf(limit, subject));
    if (limit.attempts === 0 || window === undefined || window.attempts < limit.attempts) return undefined;
    const milliseconds = window.endsAt - performance.now();
    return milliseconds > 0 ? refused(limit, milliseconds) : undefined;
  }

  /** Throws if the limit is reached. */
  assertAllowed(limit: AttemptLimit, subject: string): void {
    const refusal = this.refusalOf(limit, subject);
    if (refusal !== undefined) throw refusal;
  }

  /** Counts one attempt; throws if it exceeds the limit. */
  async count(limit: AttemptLimit, subject: string): Promise<void> {
    if (limit.attempts === 0) return;
    this.assertAllowed(limit, subject);
    const key = keyOf(limit, subject);
    const window = this.windowOf(key, limit.seconds);
    // Before the query, so that no more concurrent attempts than the limit get this far.
    window.attempts++;
    const counted = await this.table.countAttempt(key, limit.seconds).catch((error: unknown) => {
      this.log.warn(`An attempt is counted by this process alone: ${String(error)}`);
    });
    if (counted === undefined) return;
    window.attempts = Math.max(window.attempts, counted.attempts);
    window.endsAt = performance.now() + counted.milliseconds;
    if (counted.attempts > limit.attempts) throw refused(limit, counted.milliseconds);
  }

  private windowOf(key: string, seconds: number): KnownWindow {
    const known = this.windows.get(key);
    const now = performance.now();
    if (known !== undefined && known.endsAt > now) return known;
    const window = { attempts: 0, endsAt: now + seconds * 1000 };
    this.windows.set(key, window);
    return window;
  }
}

const keyOf = ({ name }: AttemptLimit, subject: string): string => `${name} ${subject}`;

function refused({ refusal }: AttemptLimit, milliseconds: number): Failure {
  return new Failure('rate-limited', refusal, { retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
