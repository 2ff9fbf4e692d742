import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';

/** The database of the service under test, and what is done to it. */
export interface ProvenDatabase {
  readonly url: string;
  /** A folder for the logs of the run; deleted with the database. */
  readonly folder: string;
  /** `kill -9` of the server; whoever started it starts it again. Resolves once it answers. */
  kill(): Promise<void>;
  /** One statement on a connection of its own, as the owner of the tables. */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

const RESTART_LIMIT_MS = 30_000;

/**
 * Starts PostgreSQL as `npm start` would, with fsync, in a temporary folder. It is the only code of the service that
 * runs in this process, and judges nothing.
 */
export async function startDatabase(): Promise<ProvenDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'quintet-prove-'));
  // As root, PostgreSQL runs under another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'data'),
    log: () => undefined,
    maxConnections: 200,
  });
  const { url } = postgres;
  return {
    url,
    folder,
    query: (sql, values = []) => query(url, sql, values),
    kill: async () => {
      const pid = readFileSync(join(postgres.dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0];
      process.kill(Number(pid), 'SIGKILL');
      await untilItAnswers(url);
    },
    stop: async () => {
      await postgres.stop();
      for (const one of [postgres.dataDir, folder]) rmSync(one, { recursive: true, force: true });
    },
  };
}

async function query<Row>(url: string, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // The next query reports a lost connection.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows as Row[];
  } finally {
    await client.end();
  }
}

async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + RESTART_LIMIT_MS;
  for (;;) {
    const answers = await query(url, 'SELECT 1', []).then(
      () => true,
      () => false,
    );
    if (answers) return;
    if (Date.now() > deadline) throw new Error('PostgreSQL did not come back.');
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
