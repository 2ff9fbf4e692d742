import pg, { type Pool, type PoolClient, type QueryResult } from 'pg';
import type { PipelinedConnections } from './pipelined-connections.js';
import { statementOf } from './statement.js';

type Release = (error?: Error | boolean) => void;
type OnConnected = (error: Error | undefined, lease: Lease, release: Release) => void;

/**
 * The pool that TypeORM works on: single statements travel over the pipelined connections, and a transaction takes a
 * pooled connection until it ends. Both pools beneath report what they lose, and are closed, by who opened them.
 */
export class TypeOrmPool {
  constructor(
    private readonly pipelined: PipelinedConnections,
    private readonly pool: Pool,
  ) {}

  /** The `driver` option of a data source: the package `pg` with this as its pool. */
  get driver(): object {
    // A constructor that returns an object: TypeORM says `new driver.Pool(options)`.
    const pool = this;
    return {
      ...pg,
      Pool: class {
        constructor() {
          return pool;
        }
      },
    };
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

const NOTHING = { rows: [], rowCount: 0 } as unknown as QueryResult;

/** What TypeORM takes for one connection. */
class Lease {
  private readonly names = namesOfTypeOrm;
  /** The connection of the transaction that is under way. */
  private client: PoolClient | undefined;

  constructor(
    private readonly pipelined: PipelinedConnections,
    private readonly pool: Pool,
  ) {}

  async query(text: string, values?: unknown[]): Promise<QueryResult> {
    if (text === 'START TRANSACTION') return this.begin();
    const known = statementOf(text);
    const query = { name: known?.name ?? this.names.nameOf(text), text, values: values ?? [] };
    if (this.client === undefined) return this.pipelined.query(query, known?.long);
    if (text === 'ROLLBACK') return this.rollBack(this.client);
    const result = await this.client.query(query);
    if (text === 'COMMIT') this.giveBack();
    return result;
  }

  /** TypeORM listens for errors of its connection; whoever waits for a statement is told anyway. */
  on(): void {}
  removeListener(): void {}

  /** A transaction that was left open ends with its connection. */
  release(): void {
    this.giveBack(true);
  }

  private async begin(): Promise<QueryResult> {
    this.client = await this.pool.connect();
    return this.client.query('START TRANSACTION');
  }

  /** The caller does not wait for it: a database that does not answer would not answer this either. */
  private rollBack(client: PoolClient): QueryResult {
    this.client = undefined;
    client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
    return NOTHING;
  }

  private giveBack(destroy = false): void {
    this.client?.release(destroy);
    this.client = undefined;
  }
}

/** Texts that the query builder makes. Some of them are endless in number, such as those with an offset written out. */
class QueryBuilderNames {
  private static readonly MOST = 1000;
  private readonly seen = new Map<string, string>();

  /** A name from the second time on, and for the first thousand texts: a name costs memory on every connection. */
  nameOf(text: string): string {
    const name = this.seen.get(text);
    if (name !== undefined) return name;
    if (this.seen.size < QueryBuilderNames.MOST) this.seen.set(text, `typeorm.${this.seen.size}`);
    return '';
  }
}

const namesOfTypeOrm = new QueryBuilderNames();
