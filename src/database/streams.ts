import pg, { type ClientConfig } from 'pg';
import Cursor from 'pg-cursor';
import { Failure } from '../core/failure.js';
import { FairSemaphore, type Release } from './fair-semaphore.js';
import type { Statement } from './statement.js';
import { StreamLease } from './stream-lease.js';

/** Rows fetched at a time: enough that a packet for each is little, few enough that the event loop stays free. */
const BATCH_ROWS = 500;

/** A reader that takes nothing for this long is taken for gone, so that it does not hold a connection. */
const IDLE_LIMIT_MS = 30_000;

/** The same while others wait for a connection: then the one that has taken nothing for longest is cut off. */
const CONTENDED_IDLE_LIMIT_MS = 2_000;

/** How often slow readers are looked for. */
const LOOK_EVERY_MS = 200;

/** One batch of an answer that has begun may take longer than a short statement; it still has to end. */
const BATCH_TIMEOUT_MS = 5_000;

/**
 * PostgreSQL counts the statement's time from the first batch to the last, the reader's pauses included: for it, this
 * is the time that a whole answer may take.
 */
const ANSWER_TIMEOUT_MS = 10 * 60_000;

/** Of the connections for long answers, so many may be one organization's; the others are left to others. */
const ANSWERS_PER_ORGANIZATION = 3;
const ANSWERS_PER_CREDENTIAL = 2;

/** Answers of one organization, or credential, that may wait for their turn. */
const WAITING_PER_KEY = 16;

/** How long an answer may wait for one of its own credential to end, and after that for any other. */
const CREDENTIAL_PATIENCE_MS = 500;
const ORGANIZATION_PATIENCE_MS = 1_000;

/** For whom a long answer is. */
export interface Reader {
  readonly organizationId: number;
  readonly credentialId: number;
}

/** Rows in the statement's order, from one snapshot. Whoever has one ends `rest`, which gives the connection back. */
export interface LongAnswer<Row> {
  readonly first: readonly Row[];
  readonly rest: AsyncGenerator<readonly Row[]>;
  /** Tells that the reader was too slow and gets no more. */
  readonly cutOff: AbortSignal;
}

/**
 * Long answers, a batch at a time through a cursor, over a small pool of their own. An answer holds its connection for
 * as long as its reader takes, so no credential and no organization may have all of them, organizations take turns, and
 * a reader that is too slow is cut off.
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

  /** Answers with the first batch, so that trouble with the database is told before an answer has begun. */
  async rows<Row extends object>(
    statement: Statement<Row>,
    values: readonly unknown[],
    reader: Reader,
  ): Promise<LongAnswer<Row>> {
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
      // Nothing has been answered yet, so trouble can still be told, and in time.
      lease.endAfter(this.firstBatchMs);
      for (;;) {
        const batch = await ahead;
        const isLast = batch.length < BATCH_ROWS;
        // The database gets the next ones ready while these are written.
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

  /** Waits for the reader's turn, and for a connection. */
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

/** One batch. It may fail while nobody waits for it; whoever asks for it next is told. */
function readBatch<Row>(cursor: Cursor<Row>): Promise<Row[]> {
  const batch = cursor.read(BATCH_ROWS);
  batch.catch(() => undefined);
  return batch;
}
