import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { Failure } from '../core/failure.js';
import { ATTEMPTS, wasContended } from './contention.js';
import { databaseFailure } from './failures.js';
import type { PipelinedConnections } from './pipelined-connections.js';
import { BatchedReads, type BatchedRead } from './batched-read.js';
import { BatchedWrites, type BatchedWrite } from './batched-write.js';
import type { Searches } from './searches.js';
import type { Statement } from './statement.js';
import type { LongAnswer, Reader, Streams } from './streams.js';

/** What the database hands out of its pool; TypeORM's pool is one. */
export interface ConnectionPool {
  connect(): Promise<PoolClient>;
  query<Row extends object>(query: QueryConfig): Promise<QueryResult<Row>>;
}

type Values = readonly unknown[];

/**
 * The one door to PostgreSQL for tables. Short statements share pipelined connections, transactions take a
 * pooled one, long answers stream.
 */
export class Database {
  /** Statements sent since the process started; tests hold each route to its budget with it. */
  statementCount = 0;
  private readonly batchedReads = new BatchedReads((query) => this.send(query));
  private readonly batchedWrites = new BatchedWrites((query) => this.send(query));

  constructor(
    private readonly lanes: PipelinedConnections,
    private readonly pool: ConnectionPool,
    private readonly streams: Streams,
    private readonly searches: Searches,
  ) {}

  /** The first row of a read or a single-statement write. */
  async one<Row extends object>(statement: Statement<Row>, values: Values): Promise<Row | undefined> {
    return (await this.run(statement, values)).rows[0];
  }

  /** All rows of a bounded read. */
  async all<Row extends object>(statement: Statement<Row>, values: Values): Promise<Row[]> {
    return (await this.run(statement, values)).rows;
  }

  /**
   * The rows of a statement that no request asked for. It goes by the pool, so that requests alone decide which lanes
   * are open and wait on them; and `statementCount` tells what requests cost.
   */
  async inBackground<Row extends object>({ name, text }: Statement<Row>, values: Values): Promise<Row[]> {
    return (await this.pool.query<Row>({ name, text, values: values as unknown[] })).rows;
  }

  /** The rows of a read that many ask for at a time, each by a key of its own; they share a statement. */
  batched<Row extends object>(read: BatchedRead<Row>, key: Values): Promise<Row[]> {
    return this.batchedReads.rows(read, key);
  }

  /** The row that a write answers; simultaneous ones share a statement and its commit, or fail each by itself. */
  written<Row extends object>(write: BatchedWrite<Row>, values: object): Promise<Row | undefined> {
    return this.batchedWrites.row(write, values);
  }

  private run<Row extends object>(
    { name, text, long }: Statement<Row>,
    values: Values,
  ): Promise<QueryResult<Row>> {
    return this.send<Row>({ name, text, values: values as unknown[] }, long);
  }

  private send<Row extends object>(query: QueryConfig, long?: boolean): Promise<QueryResult<Row>> {
    this.statementCount++;
    return this.lanes.query<Row>(query, long);
  }

  /** Rows of a read without bound, in batches, from one snapshot, for a reader who shares connections with others. */
  stream<Row extends object>(
    statement: Statement<Row>,
    values: Values,
    reader: Reader,
  ): Promise<LongAnswer<Row>> {
    this.statementCount++;
    return this.streams.rows(statement, values, reader);
  }

  /** Rows of a read whose cost an organization's client decides; cut off after a quarter of a second. */
  search<Row extends object>(
    statement: Statement<Row>,
    values: Values,
    organizationId: number,
  ): Promise<Row[]> {
    this.statementCount++;
    return this.searches.all(statement, values, organizationId);
  }

  /** Several statements that hold together or not at all. Tried again when PostgreSQL broke a deadlock. */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!wasContended(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(new Transaction(this, client));
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // The caller does not wait for it: a database that does not answer would not answer this either.
      client.query('ROLLBACK').then(
        () => client.release(),
        (lost: Error) => client.release(lost),
      );
      throw error;
    }
  }

  /** Whether the database answers. */
  async ping(): Promise<void> {
    await this.lanes.query({ name: 'database.ping', text: 'SELECT 1' }).catch((error: unknown) => {
      throw (
        databaseFailure(error) ??
        new Failure('unavailable', 'The database does not answer.', { retryAfter: 1 })
      );
    });
  }
}

/** The statements of one transaction. */
export class Transaction {
  constructor(
    private readonly database: Database,
    private readonly client: PoolClient,
  ) {}

  async one<Row extends object>(statement: Statement<Row>, values: Values): Promise<Row | undefined> {
    return (await this.all(statement, values))[0];
  }

  async all<Row extends object>({ name, text }: Statement<Row>, values: Values): Promise<Row[]> {
    this.database.statementCount++;
    return (await this.client.query<Row>({ name, text, values: values as unknown[] })).rows;
  }
}
