import pg, { type ClientConfig, type PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import { Failure } from '../core/failure.js';
import type { Statement } from './statement.js';

/** Rows fetched at a time: 500 kept memory flat and the event loop free in the trial (`docs/decisions`). */
const BATCH_ROWS = 500;

/** A reader that takes nothing for this long is taken for gone, so that it does not hold a connection. */
const IDLE_LIMIT_MS = 30_000;

/** One batch of a long answer may take longer than a short statement; it still has to end. */
const BATCH_TIMEOUT_MS = 10_000;

/** Long answers, a batch at a time through a cursor, over a small pool of their own. */
export class Streams {
  private readonly pool: pg.Pool;

  constructor(config: ClientConfig, size: number, onLost: (error: Error) => void) {
    this.pool = new pg.Pool({ ...config, statement_timeout: BATCH_TIMEOUT_MS, query_timeout: 0, max: size });
    this.pool.on('error', onLost);
  }

  /** Yields batches in the statement's order, from one snapshot. Ending the iteration gives the connection back. */
  async *rows<Row extends object>(
    { text }: Statement<Row>,
    values: readonly unknown[],
  ): AsyncGenerator<Row[]> {
    const client = await this.pool.connect();
    const cursor = client.query(new Cursor<Row>(text, [...values]));
    const lease = new IdleLease(client);
    try {
      for (;;) {
        const batch = await cursor.read(BATCH_ROWS);
        if (batch.length > 0) {
          lease.start();
          yield batch;
          lease.stop();
        }
        if (batch.length < BATCH_ROWS) return;
      }
    } catch (error) {
      lease.end();
      throw error;
    } finally {
      lease.stop();
      if (!lease.ended)
        await cursor.close().then(
          () => client.release(),
          () => lease.end(),
        );
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** Takes the connection away from a reader that stopped reading. */
class IdleLease {
  ended = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly client: PoolClient) {}

  start(): void {
    if (this.ended) throw new Failure('unavailable', 'The answer was not read in time.', { retryAfter: 1 });
    this.timer = setTimeout(() => this.end(), IDLE_LIMIT_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** A cursor under way cannot be handed to the next reader: its connection is closed. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.client.release(true);
  }
}
