import pg, { type ClientConfig, type PoolConfig } from 'pg';
import { NO_ORGANIZATION } from './row-security.js';
import { ROW_TYPES } from './statement.js';

/**
 * How long to wait for a free pool connection, or for a new connection to be established. Derived from the statement
 * timeout, so that a longer one allows a longer wait.
 */
function acquireLimit({ statementTimeoutMs }: DatabaseOptions): number {
  return Math.max(MIN_ACQUIRE_MS, statementTimeoutMs * 0.8);
}

const MIN_ACQUIRE_MS = 800;

/** Added to the server's statement timeout, because a stopped or unreachable server does not enforce it. */
const GRACE_MS = 300;

/** How long to wait for the response to a statement before its connection is closed, in milliseconds. */
export function silenceLimit({ statementTimeoutMs }: DatabaseOptions): number {
  return statementTimeoutMs + GRACE_MS;
}

const MIN_IDLE_MS = 4_000;
const MAX_IDLE_MS = 10_000;

/**
 * How long a transaction may wait for its process: one that hangs holds its locks no longer than that. A busy process
 * is as late between two statements as within one.
 */
function idleLimit({ statementTimeoutMs }: DatabaseOptions): number {
  return Math.min(MAX_IDLE_MS, Math.max(MIN_IDLE_MS, statementTimeoutMs));
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections for transactions and TypeORM. */
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

/** Pipelined connections for short statements, see `PipelinedConnections`. */
export const PIPELINED_CONNECTION_COUNT = 4;

/** Connections for streamed responses. Each is held until the client has read everything. */
export const STREAM_COUNT = 4;

/** Connections for reads whose cost depends on client input. */
export const SEARCH_COUNT = 2;

/**
 * A client that always has an `error` listener. An unhandled `error` event ends the process, and a pool removes its
 * listener before the caller can use the connection: PostgreSQL may end the session in between. Pending statements and
 * the pool still receive the error.
 */
class HeardClient extends pg.Client {
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Settings shared by all connections of the service, including TypeORM's. */
export function clientConfig(options: DatabaseOptions): PoolConfig {
  const { url, statementTimeoutMs } = options;
  return {
    Client: HeardClient,
    connectionString: url,
    application_name: 'quintet',
    connectionTimeoutMillis: acquireLimit(options),
    statement_timeout: statementTimeoutMs,
    query_timeout: silenceLimit(options),
    idle_in_transaction_session_timeout: idleLimit(options),
    keepAlive: true,
    // `instantFromPostgres` expects UTC, whatever time zone the server or role has. Without JIT, since a kept plan that
    // looks dear would be compiled at each execution.
    options: `-c TimeZone=UTC -c DateStyle=ISO -c jit=off -c quintet.organizations=${NO_ORGANIZATION}`,
    types: ROW_TYPES,
  };
}
