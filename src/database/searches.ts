import pg, { type ClientConfig } from 'pg';
import { Failure } from '../core/failure.js';
import { FairSemaphore } from './fair-semaphore.js';
import type { Statement } from './statement.js';

/** Time limit for a search expression written by a client. */
const SEARCH_TIMEOUT_MS = 250;

/** Search connections that one organization may use at a time. */
const SEARCHES_PER_ORGANIZATION = 1;

/** Queued searches per organization, and how long each may wait. */
const WAITING_PER_ORGANIZATION = 32;
const PATIENCE_MS = 1_000;

const INVALID_EXPRESSION = '2201B';
const QUERY_CANCELED = '57014';

/** PostgreSQL cannot parse the expression. */
export class UnreadableExpression extends Error {}

/**
 * Reads whose cost depends on client input, such as regular expressions. They use a small separate pool with a short
 * timeout, so that an expensive search does not delay other requests. Organizations are served round-robin.
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

  /** Runs an unnamed statement, which is planned on each call because the best plan depends on its values. */
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
