import pg, { type ClientConfig, type PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import type { Statement } from './statement.js';

/** Rows fetched at a time: enough that a packet for each is little, few enough that the event loop stays free. */
const BATCH_ROWS = 500;

/** A reader that takes nothing for this long is taken for gone, so that it does not hold a connection. */
const IDLE_LIMIT_MS = 30_000;

/** One batch of an answer that has begun may take longer than a short statement; it still has to end. */
const BATCH_TIMEOUT_MS = 5_000;

/**
 * PostgreSQL counts the statement's time from the first batch to the last, the reader's pauses included: for it, this
 * is the time that a whole answer may take.
 */
const ANSWER_TIMEOUT_MS = 10 * 60_000;

/** Long answers, a batch at a time through a cursor, over a small pool of their own. */
export class Streams {
  private readonly pool: pg.Pool;
  private readonly firstBatchMs: number;

  constructor(config: ClientConfig, size: number, onLost: (error: Error) => void) {
    this.firstBatchMs = config.query_timeout ?? BATCH_TIMEOUT_MS;
    this.pool = new pg.Pool({ ...config, statement_timeout: ANSWER_TIMEOUT_MS, query_timeout: 0, max: size });
    this.pool.on('error', onLost);
  }

  /** Yields batches in the statement's order, from one snapshot. Ending the iteration gives the connection back. */
  async *rows<Row extends object>(
    { text }: Statement<Row>,
    values: readonly unknown[],
  ): AsyncGenerator<Row[]> {
    const lease = new Lease(await this.pool.connect());
    const cursor = lease.client.query(new Cursor<Row>(text, [...values]));
    let ahead = read(cursor);
    try {
      // Nothing has been answered yet, so trouble can still be told, and in time.
      lease.endAfter(this.firstBatchMs);
      for (;;) {
        const batch = await ahead;
        const isLast = batch.length < BATCH_ROWS;
        // The database gets the next ones ready while these are written.
        if (!isLast) ahead = read(cursor);
        lease.endAfter(IDLE_LIMIT_MS);
        if (batch.length > 0) yield batch;
        if (isLast) return;
        lease.endAfter(BATCH_TIMEOUT_MS);
      }
    } catch (error) {
      lease.end();
      throw error;
    } finally {
      await lease.giveBack(cursor, ahead);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** One batch. It may fail while nobody waits for it; whoever asks for it next is told. */
function read<Row>(cursor: Cursor<Row>): Promise<Row[]> {
  const batch = cursor.read(BATCH_ROWS);
  batch.catch(ignore);
  return batch;
}

/** One connection on loan to one answer. It is taken away where the database or the reader takes too long. */
class Lease {
  private over = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly lost: Promise<void>;
  private onEnd: () => void = ignore;

  constructor(readonly client: PoolClient) {
    this.lost = new Promise((lost) => {
      this.onEnd = lost;
      client.once('end', lost);
    });
  }

  /** From now on this is the time that there is. */
  endAfter(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), milliseconds);
  }

  /** Closes the connection: a cursor under way cannot be handed to the next reader. Whoever waits for it is told. */
  end(): void {
    this.release(true);
  }

  /**
   * To the pool, once its cursor is closed, which cannot be done while it reads; a connection that is lost meanwhile
   * never says so.
   */
  async giveBack(cursor: Cursor, reading: Promise<unknown>): Promise<void> {
    if (this.over) return;
    this.endAfter(BATCH_TIMEOUT_MS);
    await Promise.race([reading.then(() => cursor.close()), this.lost]).then(
      () => this.release(false),
      () => this.release(true),
    );
  }

  private release(destroy: boolean): void {
    clearTimeout(this.timer);
    if (this.over) return;
    this.over = true;
    this.client.release(destroy);
    // One that is destroyed ends later, and whoever still waits for its cursor has to hear of it.
    if (!destroy) this.client.off('end', this.onEnd);
  }
}

function ignore(): void {}
