import type { Pool, QueryConfig, QueryResult } from 'pg';
import type { QueryRunner } from 'typeorm';
import { Failure } from '../core/failure.js';
import { isTracing, traced } from '../core/traced.js';
import { BatchedReads, type BatchedRead } from './batched-read.js';
import { BatchedWrites, type BatchedRow, type BatchedWrite } from './batched-write.js';
import { databaseFailure } from './failures.js';
import { LargePages } from './large-pages.js';
import type { PipelinedConnections } from './pipelined-connections.js';
import type { Searches } from './searches.js';
import { valuesFor, type Statement, type StatementValues } from './statement.js';
import type { StreamedRows, Reader, Streams } from './streams.js';
import type { TypeOrmPool } from './typeorm-pool.js';

/**
 * Runs the statements of repositories: short ones on shared pipelined connections, long results as streams, searches on
 * separate connections.
 */
export class Database {
  /** Statements sent beside TypeORM. */
  private ownCount = 0;
  private readonly reads = new BatchedReads((query) => this.send(query));
  private readonly largePages = new LargePages();
  private readonly writes = new BatchedWrites((query) => this.send(query));

  constructor(
    /** Shared by all single statements: TypeORM would create one per statement, which costs up to a third of throughput. */
    private readonly runner: QueryRunner,
    private readonly pipelined: PipelinedConnections,
    private readonly pool: Pool,
    private readonly streams: Streams,
    private readonly searches: Searches,
    private readonly typeOrm: TypeOrmPool,
  ) {}

  /** Statements sent by requests since the process started. Tests use it to check the statement budget of each route. */
  get statementCount(): number {
    return this.ownCount + this.typeOrm.statementCount;
  }

  /** The first row of a read or a single-statement write. */
  async one<Row extends object>(
    statement: Statement<Row>,
    values: StatementValues,
  ): Promise<Row | undefined> {
    return (await this.all(statement, values))[0];
  }

  /** All rows of a bounded read or a write. With the query runner of a transaction, it runs in that transaction. */
  async all<Row extends object>(
    statement: Statement<Row>,
    values: StatementValues,
    runner: QueryRunner = this.runner,
  ): Promise<Row[]> {
    const read = () => runner.query(statement.text, valuesFor(statement, values), true);
    // A transaction that waited for a turn would hold its locks meanwhile.
    const isOfTransaction = runner !== this.runner;
    const { records } = await (isOfTransaction ? read() : this.largePages.read(values, read));
    return records as Row[];
  }

  /** The rows of a read by key. Concurrent reads share a statement. */
  readBatched<Row extends object>(read: BatchedRead<Row>, key: readonly unknown[]): Promise<Row[]> {
    if (!isTracing()) return this.reads.rows(read, key);
    return traced({ kind: 'statement', name: read.name }, () => this.reads.rows(read, key));
  }

  /** The row returned by a write. Concurrent writes share a statement and its commit, but fail independently. */
  writeBatched<Row extends object>(write: BatchedWrite<Row>, values: BatchedRow): Promise<Row | undefined> {
    if (!isTracing()) return this.writes.row(write, values);
    return traced({ kind: 'statement', name: write.name }, () => this.writes.row(write, values));
  }

  /**
   * Runs a background statement. It uses a pooled connection, so that it delays no request and does not reopen a
   * pipelined connection while the database is unavailable. It is not counted.
   */
  async inBackground<Row extends object>(statement: Statement<Row>, values: StatementValues): Promise<Row[]> {
    const { name, text } = statement;
    return (await this.pool.query<Row>({ name, text, values: valuesFor(statement, values) })).rows;
  }

  /** Streams an unbounded read in batches, from one snapshot. */
  stream<Row extends object>(
    statement: Statement<Row>,
    values: StatementValues,
    reader: Reader,
  ): Promise<StreamedRows<Row>> {
    this.ownCount++;
    return traced({ kind: 'statement', name: statement.name }, () =>
      this.streams.rows(statement, valuesFor(statement, values), reader),
    );
  }

  /** Rows of a read whose cost depends on client input. Cancelled after 250 ms. */
  search<Row extends object>(
    statement: Statement<Row>,
    values: StatementValues,
    organizationId: number,
  ): Promise<Row[]> {
    this.ownCount++;
    return traced({ kind: 'statement', name: 'search' }, () =>
      this.searches.all(statement, valuesFor(statement, values), organizationId),
    );
  }

  /** Whether the database responds. */
  async ping(): Promise<void> {
    await this.pipelined.query({ name: 'database.ping', text: 'SELECT 1' }).catch((error: unknown) => {
      throw (
        databaseFailure(error) ??
        new Failure('unavailable', 'The database does not answer.', { retryAfter: 1 })
      );
    });
  }

  private send<Row extends object>(query: QueryConfig): Promise<QueryResult<Row>> {
    this.ownCount++;
    return this.pipelined.query<Row>(query);
  }
}
