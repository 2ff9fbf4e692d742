import { Failure } from '../core/failure.js';
import { FairSemaphore } from './fair-semaphore.js';
import type { StatementValues } from './statement.js';

/** A page that may have more rows than this is large: its rows are what fills a heap when many are read at once. */
const LARGE_ROWS = 100;

/** Enough to keep all pipelined connections busy. */
const PAGES_AT_ONCE = 8;

/** One organization leaves a turn to others. */
const PAGES_PER_ORGANIZATION = 6;

const WAITING_PER_ORGANIZATION = 256;
/** With the time limit of a statement after it, a request is answered within two seconds. */
const PATIENCE_MS = 600;

/**
 * Reads a few large pages at a time; organizations take turns. A request that waits holds no rows, so its number is no
 * matter to small requests, which would otherwise wait for the garbage collector.
 */
export class LargePages {
  private readonly turns = new FairSemaphore<unknown>({
    slots: PAGES_AT_ONCE,
    slotsPerKey: PAGES_PER_ORGANIZATION,
    waitingPerKey: WAITING_PER_ORGANIZATION,
    patienceMs: PATIENCE_MS,
    refusal: () =>
      new Failure('unavailable', 'Too many large pages are being read at the moment; try again.', {
        retryAfter: 1,
      }),
  });

  /** Runs a read at once, or in turn if its values ask for a large page. */
  async read<T>(values: StatementValues, read: () => Promise<T>): Promise<T> {
    const { limit, organization_id } = values as Readonly<Record<string, unknown>>;
    if (typeof limit !== 'number' || limit <= LARGE_ROWS) return read();
    const release = await this.turns.acquire(organization_id);
    try {
      return await read();
    } finally {
      release();
    }
  }
}
