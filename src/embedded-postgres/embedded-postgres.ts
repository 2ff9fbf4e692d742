import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { prepareBinaries } from './binaries.js';
import { ensureCluster, OWNER } from './cluster.js';
import { layoutOf, settleDataDir } from './data-dir.js';
import { EmbeddedPostgresError, explain, explaining, wordsOf } from './embedded-postgres-error.js';
import { Server, ServerPlan, startServer, stopServer } from './server.js';
import { takeServiceLock } from './service-lock.js';
import { Supervisor } from './supervisor.js';

export { settleDataDir } from './data-dir.js';
export { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** A PostgreSQL of our own: started by this process, ended with it, brought back when it crashes. */
export interface EmbeddedPostgres {
  /** Role, password, port and database; good until `stop`, also across a crash of the server. */
  readonly url: string;
  /** Where the data really lies. */
  readonly dataDir: string;
  /** Ends every connection and the server; resolves when it is gone. */
  stop(): Promise<void>;
  /** Tells each time the server ended without being asked to; it is being started again meanwhile. */
  onExit(listener: (reason: string) => void): void;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log: (line: string) => void;
  maxConnections?: number;
  /** `false` spares the disk, and with it the data when the machine crashes: for tests. */
  durable?: boolean;
}

const FIRST_START_MS = 60_000;
const LATER_START_MS = 30_000;

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
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
      const password = await ensureCluster(layout, binaries, account, timeLeft());
      const { maxConnections = 100, durable = true } = options;
      const plan: ServerPlan = { layout, binaries, account, maxConnections, durable };
      const server = await startServer(plan, null, timeLeft(), new AbortController().signal);
      const url = (database: string): string =>
        `postgresql://${OWNER}:${password}@127.0.0.1:${server.port}/${database}`;
      await ensureDatabase(plan, server, url('postgres'));
      const supervisor = new Supervisor(plan, server, log);
      return {
        url: url(OWNER),
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

/** Makes the database when it is absent, also after a first start that was cut short. */
async function ensureDatabase(plan: ServerPlan, server: Server, url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: 20_000,
  });
  // A connection lost while idle is told by the next query; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [OWNER]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
    await client.end();
  } catch (error) {
    await client.end().catch(() => undefined);
    await stopServer(plan, server);
    const said = wordsOf(error);
    if (/password authentication/.test(said)) {
      throw new EmbeddedPostgresError(
        `DATA_DIR ${plan.layout.dir} holds a database with another password than ${plan.layout.password} says: put the right file back.`,
      );
    }
    throw explain(plan.layout.dir, said);
  }
}
