import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Failure } from '../../core/failure.js';
import { AttemptWindowsRepository } from './attempt-windows.repository.js';

/** How often something may be tried. */
export interface Ceiling {
  /** Keeps what one ceiling counts apart from what another does. */
  readonly name: string;
  /** Attempts in a window; 0 switches the ceiling off. */
  readonly attempts: number;
  /** How long a window lasts; it begins with its first attempt. */
  readonly seconds: number;
  /** What is said to who tries once more. */
  readonly refusal: string;
}

/** A window as this process knows it. */
interface KnownWindow {
  attempts: number;
  /** On this process's monotonic clock. */
  endsAt: number;
}

const MAX_KNOWN = 10_000;

/**
 * Ceilings of attempts, each one for all processes: every attempt counts one in PostgreSQL, until a process knows that
 * the ceiling is reached. From then on, until the window ends, it refuses without a statement.
 */
@Injectable()
export class AttemptLimiter {
  private readonly log = new Logger('attempts');
  private readonly windows = new LRUCache<string, KnownWindow>({ max: MAX_KNOWN });

  constructor(
    @Inject(AttemptWindowsRepository) private readonly table: Pick<AttemptWindowsRepository, 'count'>,
  ) {}

  /** The refusal of one more attempt, as far as this process knows; nothing while the ceiling is not reached. */
  refusalOf(ceiling: Ceiling, whose: string): Failure | undefined {
    const window = this.windows.get(keyOf(ceiling, whose));
    if (ceiling.attempts === 0 || window === undefined || window.attempts < ceiling.attempts)
      return undefined;
    const milliseconds = window.endsAt - performance.now();
    return milliseconds > 0 ? refused(ceiling, milliseconds) : undefined;
  }

  /** Throws where the ceiling is reached. */
  assertAllowed(ceiling: Ceiling, whose: string): void {
    const refusal = this.refusalOf(ceiling, whose);
    if (refusal !== undefined) throw refusal;
  }

  /** Counts one attempt; throws where it is one too many. */
  async count(ceiling: Ceiling, whose: string): Promise<void> {
    if (ceiling.attempts === 0) return;
    this.assertAllowed(ceiling, whose);
    const key = keyOf(ceiling, whose);
    const window = this.windowOf(key, ceiling.seconds);
    // Before PostgreSQL answers: of many at the same moment no more than the ceiling's number get so far.
    window.attempts++;
    const counted = await this.table.count(key, ceiling.seconds).catch((error: unknown) => {
      this.log.warn(`An attempt is counted by this process alone: ${String(error)}`);
    });
    if (counted === undefined) return;
    window.attempts = Math.max(window.attempts, counted.attempts);
    window.endsAt = performance.now() + counted.milliseconds;
    if (counted.attempts > ceiling.attempts) throw refused(ceiling, counted.milliseconds);
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

const keyOf = ({ name }: Ceiling, whose: string): string => `${name} ${whose}`;

function refused({ refusal }: Ceiling, milliseconds: number): Failure {
  return new Failure('rate-limited', refusal, { retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
