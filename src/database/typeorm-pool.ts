import pg, { type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import type { PipelinedConnections } from './pipelined-connections.js';
import { statementOf } from './statement.js';

type OnConnected = (error: Error | undefined, lease: Lease, release: () => void) => void;

/**
 * The pool that TypeORM works on. Single statements go over the pipelined connections, a transaction takes a pooled
 * connection until it ends. Whoever opened those handles their errors and closes them.
 */
export class TypeOrmPool {
  constructor(
    private readonly pipelined: PipelinedConnections,
    private readonly pool: Pool,
  ) {}

  /** The `driver` option of a data source: the package `pg` with this as its pool. */
  get driver(): object {
    const pool = this;
    // TypeORM calls `new driver.Pool(options)`; a constructor may return another object.
    const PoolOfTypeOrm = class {
      constructor() {
        return pool;
      }
    };
    return { ...pg, Pool: PoolOfTypeOrm };
  }

  connect(connected: OnConnected): void {
    const lease = new Lease(this.pipelined, this.pool);
    connected(undefined, lease, () => lease.release());
  }

  on(): this {
    return this;
  }

  end(ended: () => void): void {
    ended();
  }
}

/** What TypeORM takes for one connection. */
class Lease {
  /** The connection of the transaction in progress. */
  private client: PoolClient | undefined;

  constructor(
    private readonly pipelined: PipelinedConnections,
    private readonly pool: Pool,
  ) {}

  query(text: string, values: unknown[] = []): Promise<QueryResult> {
    if (text === 'START TRANSACTION') return this.begin();
    if (this.client === undefined) return this.pipelined.query(named(text, values), statementOf(text)?.long);
    if (text === 'COMMIT') return this.commit(this.client);
    if (text === 'ROLLBACK') return this.rollBack(this.client);
    return this.client.query(named(text, values));
  }

  /** TypeORM listens for errors of its connection; a statement that fails because of one is rejected anyway. */
  on(): void {}
  removeListener(): void {}

  /** A transaction that was left open ends with its connection. */
  release(): void {
    this.client?.release(true);
    this.client = undefined;
  }

  private async begin(): Promise<QueryResult> {
    this.client = await this.pool.connect();
    return this.client.query('START TRANSACTION');
  }

  private async commit(client: PoolClient): Promise<QueryResult> {
    const result = await client.query('COMMIT');
    this.client = undefined;
    client.release();
    return result;
  }

  /** Does not wait for the response: a database that does not respond would not respond to this either. */
  private rollBack(client: PoolClient): Promise<QueryResult> {
    this.client = undefined;
    client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
    return Promise.resolve({ rows: [], rowCount: 0 } as unknown as QueryResult);
  }
}

/** Texts of the query builder, numbered in the order of their first use. */
const queryBuilderTexts = new Map<string, number>();
/** Some texts differ at each call, such as those with an offset written out, and a name costs memory on every connection. */
const MOST_NAMES = 1000;

/** With the statement's own name, or one from its second use on, so that PostgreSQL plans it once per connection. */
function named(text: string, values: unknown[]): QueryConfig {
  const name = statementOf(text)?.name ?? nameOf(text);
  return { name, text, values };
}

function nameOf(text: string): string {
  const number = queryBuilderTexts.get(text);
  if (number !== undefined) return `typeorm.${number}`;
  if (queryBuilderTexts.size < MOST_NAMES) queryBuilderTexts.set(text, queryBuilderTexts.size);
  return '';
}
