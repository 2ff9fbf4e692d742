import pg, { type ClientConfig } from 'pg';
import Cursor from 'pg-cursor';
import { Failure } from '../core/failure.js';
import { FairSemaphore, type Release } from './fair-semaphore.js';
import type { Statement } from './statement.js';
import { StreamLease } from './stream-lease.js';

/** Rows per fetch: enough to amortize the round trip, few enough not to block the event loop. */
const BATCH_ROWS = 500;

/** A client that reads nothing for this long is disconnected, so that it does not hold a connection. */
const IDLE_LIMIT_MS = 30_000;

/** The same limit while others wait for a connection. Then the client that has been idle longest is disconnected. */
const CONTENDED_IDLE_LIMIT_MS = 2_000;

/** Interval of the check for slow clients. */
const LOOK_EVERY_MS = 200;

/** Timeout for a batch after the response has started. Longer than for a short statement. */
const BATCH_TIMEOUT_MS = 5_000;

/**
 * `statement_timeout` for a whole streamed response: PostgreSQL counts the time from the first batch to the last,
 * including the time spent waiting for the client.
 */
const ANSWER_TIMEOUT_MS = 10 * 60_000;

/** Streaming connections that one organization, or one credential, may use at a time. */
const ANSWERS_PER_ORGANIZATION = 3;
const ANSWERS_PER_CREDENTIAL = 2;

/** Queued responses per organization, and per credential. */
const WAITING_PER_KEY = 16;

/** How long a response may wait for others of its own credential, and after that for a free connection. */
const CREDENTIAL_PATIENCE_MS = 500;
const ORGANIZATION_PATIENCE_MS = 1_000;

/** The client of a streamed response. */
export interface Reader {
  readonly organizationId: number;
  readonly credentialId: number;
}

/** Rows in the statement's order, from one snapshot. The caller must end `rest` to release the connection. */
export interface StreamedRows<Row> {
  readonly first: readonly Row[];
  readonly rest: AsyncGenerator<readonly Row[]>;
  /** Aborted when the client is too slow. */
  readonly cutOff: AbortSignal;
}

/**
 * Streams long results in batches through a cursor, over a small separate pool. A response holds its connection until
 * the client has read everything, so connections are limited per credential and per organization, organizations are
 * served round-robin, and slow clients are disconnected.
 */
export class Streams {
  private readonly pool: pg.Pool;
  private readonly firstBatchMs: number;
  private readonly credentials: FairSemaphore<number>;
  private readonly organizations: FairSemaphore<number>;
  private readonly leases = new Set<StreamLease>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(config: ClientConfig, size: number, onLost: (error: Error) => void) {
    this.firstBatchMs = config.query_timeout ?? BATCH_TIMEOUT_MS;
    this.pool = new pg.Pool({ ...config, statement_timeout: ANSWER_TIMEOUT_MS, query_timeout: 0, max: size });
    this.pool.on('error', onLost);
    const shared = { waitingPerKey: WAITING_PER_KEY, refusal: tooManyAnswers };
    this.credentials = new FairSemaphore({
      ...shared,
      slots: Infinity,
      slotsPerKey: ANSWERS_PER_CREDENTIAL,
      patienceMs: CREDENTIAL_PATIENCE_MS,
    });
    this.organizations = new FairSemaphore({
      ...shared,
      slots: size,
      slotsPerKey: ANSWERS_PER_ORGANIZATION,
      patienceMs: ORGANIZATION_PATIENCE_MS,
    });
    this.sweeper = setInterval(() => this.cutOffSlowReaders(), LOOK_EVERY_MS).unref();
  }

  /** Returns with the first batch, so that database errors are reported before the response starts. */
  async rows<Row extends object>(
    statement: Statement<Row>,
    values: readonly unknown[],
    reader: Reader,
  ): Promise<StreamedRows<Row>> {
    const cutOff = new AbortController();
    const rest = this.read(statement, values, reader, cutOff);
    const { value: first = [] } = (await rest.next()) as IteratorResult<Row[], undefined>;
    return { first, rest, cutOff: cutOff.signal };
  }

  private async *read<Row extends object>(
    { text }: Statement<Row>,
    values: readonly unknown[],
    reader: Reader,
    cutOff: AbortController,
  ): AsyncGenerator<Row[]> {
    const lease = await this.lease(reader, cutOff);
    const cursor = lease.client.query(new Cursor<Row>(text, [...values]));
    let ahead = readBatch(cursor);
    try {
      // The response has not started, so a timeout can still be reported as an error.
      lease.endAfter(this.firstBatchMs);
      for (;;) {
        const batch = await ahead;
        const isLast = batch.length < BATCH_ROWS;
        // Prefetch the next batch while this one is written.
        if (!isLast) ahead = readBatch(cursor);
        if (batch.length > 0) {
          lease.handOut(IDLE_LIMIT_MS);
          yield batch;
          lease.taken(batch.length);
        }
        if (isLast) return;
        lease.endAfter(BATCH_TIMEOUT_MS);
      }
    } catch (error) {
      lease.end();
      throw error;
    } finally {
      await lease.giveBack(() => ahead.then(() => cursor.close()), BATCH_TIMEOUT_MS);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper);
    await this.pool.end();
  }

  /** Waits in the queues of the credential and the organization, and for a connection. */
  private async lease(
    { credentialId, organizationId }: Reader,
    cutOff: AbortController,
  ): Promise<StreamLease> {
    const releases: Release[] = [];
    const leave = (): void => {
      for (const release of releases) release();
    };
    try {
      releases.push(await this.credentials.acquire(credentialId));
      releases.push(await this.organizations.acquire(organizationId));
      const client = await this.pool.connect();
      const lease = new StreamLease(client, cutOff, () => {
        this.leases.delete(lease);
        leave();
      });
      this.leases.add(lease);
      return lease;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private cutOffSlowReaders(): void {
    for (const lease of this.leases) if (lease.isTooSlow) lease.cutOff();
    if (!this.organizations.isContended) return;
    const [slowest] = [...this.leases].sort((one, other) => other.idleMs - one.idleMs);
    if (slowest !== undefined && slowest.idleMs >= CONTENDED_IDLE_LIMIT_MS) slowest.cutOff();
  }
}

function tooManyAnswers(): Failure {
  return new Failure('unavailable', 'Too many long lists are being read at the moment; try again.', {
    retryAfter: 1,
  });
}

/** Reads one batch. The empty handler avoids an unhandled rejection; awaiting the promise later still throws. */
function readBatch<Row>(cursor: Cursor<Row>): Promise<Row[]> {
  const batch = cursor.read(BATCH_ROWS);
  batch.catch(() => undefined);
  return batch;
}
