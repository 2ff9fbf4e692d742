import pg, { type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { isTracing, traced } from '../core/traced.js';
import type { PipelinedConnections } from './pipelined-connections.js';
import { listOfOrganizations, restrictQueryBuilder } from './row-security.js';
import { executionOf } from './statement.js';

type OnConnected = (error: Error | undefined, lease: Lease, release: () => void) => void;

/**
 * The pool used by TypeORM. Single statements use the pipelined connections; a transaction uses a pooled connection
 * until it ends. `openDatabase` handles their errors and closes them.
 */
export class TypeOrmPool {
  /** Statements sent so far, without those that begin or end transactions. */
  statementCount = 0;

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
    const lease = new Lease(this.pipelined, this.pool, () => this.statementCount++);
    connected(undefined, lease, () => lease.release());
  }

  on(): this {
    return this;
  }

  end(ended: () => void): void {
    ended();
  }
}

/** What TypeORM treats as a connection. */
class Lease {
  /** The connection of the transaction in progress. */
  private client: PoolClient | undefined;

  constructor(
    private readonly pipelined: PipelinedConnections,
    private readonly pool: Pool,
    private readonly count: () => void,
  ) {}

  query(text: string, values: unknown[] = []): Promise<QueryResult> {
    if (text === 'START TRANSACTION') return this.begin();
    if (text === 'COMMIT' && this.client !== undefined) return this.commit(this.client);
    if (text === 'ROLLBACK' && this.client !== undefined) return this.rollBack(this.client);
    this.count();
    const { client } = this;
    const query = named(text, values);
    if (!isTracing()) return client?.query(query) ?? this.pipelined.query(query, executionOf(text)?.long);
    const work = { kind: 'statement', name: traceNameOf(text) } as const;
    return traced(work, () => client?.query(query) ?? this.pipelined.query(query, executionOf(text)?.long));
  }

  /** TypeORM registers an error listener. It is not needed: a connection error also rejects the statement. */
  on(): void {}
  removeListener(): void {}

  /** Closes the connection if a transaction is still open. */
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

  /** Does not wait for the response, because the database may be unresponsive. */
  private rollBack(client: PoolClient): Promise<QueryResult> {
    this.client = undefined;
    client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
    return Promise.resolve({ rows: [], rowCount: 0 } as unknown as QueryResult);
  }
}

/** A statement's own name, or the command of one that TypeORM wrote: its text may contain values. */
function traceNameOf(text: string): string {
  return executionOf(text)?.name || (/^\w+/.exec(text)?.[0] ?? 'statement');
}

/** A text of the query builder with what `restrictQueryBuilder` makes of it, named from its second use on. */
type QueryBuilderText = ReturnType<typeof restrictQueryBuilder> & { name: string };

/** By the text that TypeORM wrote. */
const queryBuilderTexts = new Map<string, QueryBuilderText>();
/** Some texts differ on each call, for example with a literal OFFSET, and each name costs memory on every connection. */
const MOST_NAMES = 1000;

/** Names a query so that PostgreSQL plans it once per connection. Texts of the query builder are named on second use. */
function named(text: string, values: unknown[]): QueryConfig {
  const name = executionOf(text)?.name;
  return name === undefined ? ofQueryBuilder(text, values) : { name, text, values };
}

function ofQueryBuilder(source: string, values: unknown[]): QueryConfig {
  const known = queryBuilderTexts.get(source);
  const { text, organizations } = known ?? restrictQueryBuilder(source, values.length);
  if (known === undefined && queryBuilderTexts.size < MOST_NAMES)
    queryBuilderTexts.set(source, { text, organizations, name: `typeorm.${queryBuilderTexts.size}` });
  if (organizations.length === 0) return { name: known?.name ?? '', text, values };
  const ids = organizations.map((n) => values[n - 1]);
  return { name: known?.name ?? '', text, values: [...values, listOfOrganizations(ids)] };
}
