import pg, { type ClientConfig } from 'pg';
import { Failure } from '../core/failure.js';
import { FairSemaphore } from './fair-semaphore.js';
import type { Statement } from './statement.js';

/** What a client may have the database do with an expression of its own making. */
const SEARCH_TIMEOUT_MS = 250;

/** Of the connections for searches, so many may be one organization's; the others are left to others. */
const SEARCHES_PER_ORGANIZATION = 1;

/** Searches of one organization that may wait for their turn, and for how long. */
const WAITING_PER_ORGANIZATION = 32;
const PATIENCE_MS = 1_000;

const INVALID_EXPRESSION = '2201B';
const QUERY_CANCELED = '57014';

/** The database cannot make sense of the expression. */
export class UnreadableExpression extends Error {}

/**
 * Reads whose cost a client decides, such as regular expressions: over a small pool of their own and with a short
 * time limit, so that nobody else waits for one that runs away. Organizations take turns, and each waits for itself.
 */
export class Searches {
  private readonly pool: pg.Pool;
  private readonly turns: FairSemaphore<number>;

  constructor(config: ClientConfig, size: number, onLost: (error: Error) => void) {
    this.pool = new pg.Pool({
      ...config,
      statement_timeout: SEARCH_TIMEOUT_MS,
      query_timeout: SEARCH_TIMEOUT_MS * 2,
      max: size,
    });
    this.pool.on('error', onLost);
    this.turns = new FairSemaphore({
      slots: size,
      slotsPerKey: SEARCHES_PER_ORGANIZATION,
      waitingPerKey: WAITING_PER_ORGANIZATION,
      patienceMs: PATIENCE_MS,
      refusal: () =>
        new Failure('unavailable', 'Too many searches are under way; try again.', { retryAfter: 1 }),
    });
  }

  /** Rows of a statement that is planned anew each time, since its values decide what is best. */
  async all<Row extends object>(
    { text }: Statement<Row>,
    values: readonly unknown[],
    organizationId: number,
  ): Promise<Row[]> {
    const release = await this.turns.acquire(organizationId);
    try {
      return (await this.pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === INVALID_EXPRESSION) throw new UnreadableExpression('not an expression', { cause: error });
      if (code === QUERY_CANCELED) {
        throw new Failure('unavailable', 'The search took too long; try a simpler expression.', {
          retryAfter: 1,
          cause: error,
        });
      }
      throw error;
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
