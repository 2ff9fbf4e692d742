import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrateDatabase } from '../../src/boot/database.js';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { parentOf } from './process-figures.js';
import { loadDataset, type Dataset, type DatasetPart } from '../dataset/dataset.js';

/** A database that lasts as long as the run. */
export interface TemporaryDatabase {
  readonly url: string;
  /** The same with the role that serves. */
  readonly servingUrl: string;
  /** Of PostgreSQL's main process. */
  readonly pid: number;
  /** A folder for other files of the run; deleted with the database. */
  readonly folder: string;
  readonly data: Dataset;
  /** Runs statements one by one, without a transaction. */
  run(statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL as the service would, migrates it and loads the dataset. `own` registers the cleanup. */
export async function startTemporaryDatabase(
  own: (undo: () => Promise<void>) => void,
  parts: ReadonlySet<DatasetPart>,
): Promise<TemporaryDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'quintet-bench-'));
  // As root, PostgreSQL runs under another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  own(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), log: () => undefined });
  own(async () => {
    await postgres.stop();
    rmSync(postgres.dataDir, { recursive: true, force: true });
  });
  await migrateDatabase(postgres.url, postgres.servingUrl);
  const client = new Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  own(() => client.end());
  return {
    url: postgres.url,
    servingUrl: postgres.servingUrl,
    pid: await mainProcessOf(client),
    folder,
    data: await loadDataset(client, parts),
    run: async (statements) => {
      for (const statement of statements) await client.query(statement);
    },
    stop: () => postgres.stop(),
  };
}

async function mainProcessOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return parentOf(rows[0]?.pid ?? 0);
}
