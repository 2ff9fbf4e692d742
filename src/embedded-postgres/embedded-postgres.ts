import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { prepareBinaries } from './binaries.js';
import { ensureCluster, OWNER, servingUrlOf } from './cluster.js';
import { layoutOf, settleDataDir } from './data-dir.js';
import { EmbeddedPostgresError, explain, explaining, messageOf } from './embedded-postgres-error.js';
import { Server, ServerPlan, startServer, stopServer } from './server.js';
import { takeServiceLock } from './service-lock.js';
import { Supervisor } from './supervisor.js';

export { servingUrlOf } from './cluster.js';
export { settleDataDir } from './data-dir.js';
export { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** A PostgreSQL server that this process starts and stops, and restarts when it crashes. */
export interface EmbeddedPostgres {
  /** With role, password, port and database; valid until `stop`, also after a crash of the server. Its role is a superuser. */
  readonly url: string;
  /** The same with the role that serves requests, which the first migration creates. */
  readonly servingUrl: string;
  /** The actual location, which may differ from the option. */
  readonly dataDir: string;
  /** Closes every connection and stops the server; resolves when it has exited. */
  stop(): Promise<void>;
  /** Called whenever the server exits unexpectedly; a restart is then in progress. */
  onExit(listener: (reason: string) => void): void;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log: (line: string) => void;
  maxConnections?: number;
  /** `false`, for tests, switches fsync off: faster, but a crash of the machine loses the data. */
  durable?: boolean;
  /** Called whenever a program of PostgreSQL has been started that takes a while: the time to do other work. */
  onWait?: () => void;
}

const FIRST_START_MS = 60_000;
const LATER_START_MS = 30_000;

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, maxConnections = 100, durable = true, onWait = () => undefined } = options;
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError(
      'The embedded PostgreSQL is not tried on Windows: set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  const { dir, moved, account } = settleDataDir(options.dataDir);
  if (moved) {
    log(
      `DATA_DIR ${options.dataDir} cannot be reached by ${account?.name}, whom PostgreSQL runs as here: the data lies in ${dir}.`,
    );
  }
  return explaining(dir, async () => {
    const release = await takeServiceLock(layoutOf(dir).lock, dir);
    try {
      const layout = layoutOf(dir);
      const first = !existsSync(layout.pgDir);
      const deadline = Date.now() + (first ? FIRST_START_MS : LATER_START_MS);
      const timeLeft = (): number => Math.max(1_000, deadline - Date.now());
      const binaries = await prepareBinaries(dir, account, log);
      if (first) log(`Making a PostgreSQL ${binaries.version} database in ${dir}.`);
      const cluster = ensureCluster(layout, binaries, account, timeLeft());
      // Not awaited yet: initdb is running by now.
      if (first) onWait();
      const password = await cluster;
      const plan: ServerPlan = { layout, binaries, account, maxConnections, durable };
      const server = await startServer(plan, null, timeLeft(), new AbortController().signal, onWait);
      const url = (database: string): string =>
        `postgresql://${OWNER}:${password}@127.0.0.1:${server.port}/${database}`;
      await ensureDatabase(plan, server, url('postgres'));
      const supervisor = new Supervisor(plan, server, log);
      return {
        url: url(OWNER),
        servingUrl: servingUrlOf(url(OWNER)),
        dataDir: dir,
        stop: () => supervisor.stop().finally(release),
        onExit: (listener) => supervisor.onExit(listener),
      };
    } catch (error) {
      release();
      throw error;
    }
  });
}

/** Creates the database if it does not exist, also after an interrupted first start. */
async function ensureDatabase(plan: ServerPlan, server: Server, url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: 20_000,
  });
  // The next query reports a lost connection; without a listener, the error event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [OWNER]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
    await client.end();
  } catch (error) {
    await client.end().catch(() => undefined);
    await stopServer(plan, server);
    const said = messageOf(error);
    if (/password authentication/.test(said)) {
      throw new EmbeddedPostgresError(
        `DATA_DIR ${plan.layout.dir} holds a database with another password than ${plan.layout.password} says: put the right file back.`,
      );
    }
    throw explain(plan.layout.dir, said);
  }
}
