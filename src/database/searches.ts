import pg, { type ClientConfig } from 'pg';
import { Failure } from '../core/failure.js';
import type { Statement } from './statement.js';

/** What a client may have the database do with an expression of its own making. */
const SEARCH_TIMEOUT_MS = 250;

/** How long a search may wait for its turn. */
const PATIENCE_MS = 250;

const INVALID_EXPRESSION = '2201B';
const QUERY_CANCELED = '57014';

/** The database cannot make sense of the expression. */
export class UnreadableExpression extends Error {}

/**
 * Reads whose cost a client decides, such as regular expressions: over a small pool of their own and with a short
 * time limit, so that nobody else waits for one that runs away.
 */
export class Searches {
  private readonly pool: pg.Pool;

  constructor(config: ClientConfig, size: number, onLost: (error: Error) => void) {
    this.pool = new pg.Pool({
      ...config,
      statement_timeout: SEARCH_TIMEOUT_MS,
      query_timeout: SEARCH_TIMEOUT_MS * 2,
      connectionTimeoutMillis: PATIENCE_MS,
      max: size,
    });
    this.pool.on('error', onLost);
  }

  /** Rows of a statement that is planned anew each time, since its values decide what is best. */
  async all<Row extends object>({ text }: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      if (code === INVALID_EXPRESSION) throw new UnreadableExpression('not an expression', { cause: error });
      if (code === QUERY_CANCELED || message === 'timeout exceeded when trying to connect') {
        throw new Failure('unavailable', 'The search took too long; try a simpler expression.', {
          retryAfter: 1,
          cause: error,
        });
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
