import type { Config } from '../config/config.js';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';
import { LocalFiles } from './local-files.js';
import { settlePort } from './port.js';
import { say } from './say.js';

/** The database, with the local files of an embedded one. */
export interface DatabaseSource {
  readonly url: string;
  readonly files: LocalFiles | undefined;
  stop(): Promise<void>;
}

/** Starts the service and serves until a signal ends it. */
export async function start(settings: Config): Promise<void> {
  const config = await settlePort(settings);
  // Node reads the thousands of modules of the service while PostgreSQL starts.
  const [source, { serve }] = await Promise.all([databaseOf(config), import('./serve.js')]);
  try {
    await serve(config, source);
  } catch (error) {
    await source.stop();
    throw error;
  }
}

async function databaseOf({ databaseUrl, dataDir }: Config): Promise<DatabaseSource> {
  if (databaseUrl !== undefined) return { url: databaseUrl, files: undefined, stop: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres({ dataDir, log: say });
  return { url: postgres.url, files: new LocalFiles(postgres.dataDir), stop: () => postgres.stop() };
}
