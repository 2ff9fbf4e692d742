import cluster from 'node:cluster';
import { onPort, type Config } from '../config/config.js';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';
import { banner } from './banner.js';
import { LocalFiles } from './local-files.js';
import { settlePort } from './port.js';
import { receiveOrder, reportListening, startProcesses } from './processes.js';
import { say } from './say.js';

/** The database, with the local files of an embedded one. */
export interface DatabaseSource {
  readonly url: string;
  readonly files: LocalFiles | undefined;
  stop(): Promise<void>;
}

/** Starts the service and serves until a signal ends it. */
export function start(settings: Config): Promise<void> {
  return cluster.isWorker ? startWorker(settings) : startService(settings);
}

async function startService(settings: Config): Promise<void> {
  const config = await settlePort(settings);
  // Node reads the thousands of modules of the service while PostgreSQL starts.
  const serving = config.processes > 1 ? undefined : import('./serve.js');
  const source = await databaseOf(config);
  try {
    const address =
      serving === undefined
        ? await startProcesses(config, source)
        : await (await serving).serve(config, source, say);
    say(banner(config.publicUrl, address, source.files));
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

/** One of several processes; the one that started it runs the embedded database, if there is one. */
async function startWorker(settings: Config): Promise<void> {
  const [{ port, databaseUrl, dataDir }, { serve }] = await Promise.all([
    receiveOrder(),
    import('./serve.js'),
  ]);
  const source: DatabaseSource = {
    url: databaseUrl,
    files: dataDir === undefined ? undefined : new LocalFiles(dataDir),
    stop: () => Promise.resolve(),
  };
  reportListening(await serve(onPort(settings, port), source, () => undefined));
}
