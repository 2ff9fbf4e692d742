import cluster from 'node:cluster';
import { onPort, type Config } from '../config/config.js';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';
import { banner } from './banner.js';
import { load } from './load.js';
import { LocalFiles } from './local-files.js';
import { clientLimit } from './open-files.js';
import { settlePort } from './port.js';
import { receiveOrder, reportListening, startProcesses } from './processes.js';
import { say } from './say.js';

/** The database, with the local files of an embedded one. */
export interface DatabaseSource {
  readonly url: string;
  /** With the role that owns the tables, if the service migrates it at its start. */
  readonly migrationUrl?: string | undefined;
  readonly files: LocalFiles | undefined;
  stop(): Promise<void>;
}

/** Starts the service and serves until a signal ends it. */
export function start(settings: Config): Promise<void> {
  return cluster.isWorker ? startWorker(settings) : startService(settings);
}

async function startService(settings: Config): Promise<void> {
  // Throws where the process may open too few files.
  clientLimit(settings);
  const config = await settlePort(settings);
  const servesItself = config.processes === 1;
  const source = await databaseOf(config, () => {
    // It takes Node a second to read the thousands of modules of the service, while PostgreSQL starts beside it.
    if (servesItself) loadService();
  });
  try {
    const address = servesItself
      ? await loadService().serve(config, source, say)
      : await startProcesses(config, source);
    say(banner(config.publicUrl, address, source.files));
  } catch (error) {
    await source.stop();
    throw error;
  }
}

const loadService = (): typeof import('./serve.js') => load('./serve.js');

async function databaseOf({ databaseUrl, dataDir }: Config, onWait: () => void): Promise<DatabaseSource> {
  if (databaseUrl !== undefined) return { url: databaseUrl, files: undefined, stop: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres({ dataDir, log: say, onWait });
  return {
    url: postgres.servingUrl,
    migrationUrl: postgres.url,
    files: new LocalFiles(postgres.dataDir),
    stop: () => postgres.stop(),
  };
}

/** One of several processes; the one that started it runs the embedded database, if there is one. */
async function startWorker(settings: Config): Promise<void> {
  const { serve } = loadService();
  const { port, databaseUrl, migrationUrl, dataDir } = await receiveOrder();
  const source: DatabaseSource = {
    url: databaseUrl,
    migrationUrl,
    files: dataDir === undefined ? undefined : new LocalFiles(dataDir),
    stop: () => Promise.resolve(),
  };
  reportListening(await serve(onPort(settings, port), source, () => undefined));
}
