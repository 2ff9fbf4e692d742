import pg, { type ClientConfig, type PoolConfig } from 'pg';
import { ROW_TYPES } from './statement.js';

/**
 * How long a request may wait for a free connection, and a new connection for the server's greeting: most of what a
 * statement may take, for who is patient with the one is so with the other.
 */
function acquireLimit({ statementTimeoutMs }: DatabaseOptions): number {
  return Math.max(MIN_ACQUIRE_MS, statementTimeoutMs * 0.8);
}

const MIN_ACQUIRE_MS = 800;

/** Beyond the server's own statement timeout: a server that is stopped or unreachable cannot time anything out. */
const GRACE_MS = 300;

/** How long a statement may go unanswered before its connection is given up, in milliseconds. */
export function silenceLimit({ statementTimeoutMs }: DatabaseOptions): number {
  return statementTimeoutMs + GRACE_MS;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections for transactions and TypeORM. */
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

/** Pipelined connections for short statements, see `PipelinedConnections`. */
export const PIPELINED_CONNECTION_COUNT = 4;

/** Connections for answers that are streamed; each is held for as long as its client reads. */
export const STREAM_COUNT = 4;

/** Connections for reads whose cost a client decides. */
export const SEARCH_COUNT = 2;

/** What one process opens in all: pool, lanes, streams, searches and the listener. */
export function connectionCount(poolSize: number): number {
  return poolSize + PIPELINED_CONNECTION_COUNT + STREAM_COUNT + SEARCH_COUNT + 1;
}

/**
 * A connection that is listened to from its first moment to its last. An error that nobody hears ends the process, and
 * a pool stops listening before whoever borrows the connection can begin: PostgreSQL may end the session in between,
 * right behind an answer. Whoever waits for a statement is told all the same, and so is the pool.
 */
class HeardClient extends pg.Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** The settings that every connection of the service shares. Pools make their clients by them, TypeORM's pool as well. */
export function clientConfig(options: DatabaseOptions): PoolConfig {
  const { url, statementTimeoutMs } = options;
  return {
    Client: HeardClient,
    connectionString: url,
    application_name: 'quintet',
    connectionTimeoutMillis: acquireLimit(options),
    statement_timeout: statementTimeoutMs,
    query_timeout: silenceLimit(options),
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    // `instantFromPostgres` reads timestamps as UTC, whatever the server's or the role's own zone is.
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: ROW_TYPES,
  };
}
