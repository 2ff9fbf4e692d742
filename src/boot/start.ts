import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.setup.js';
import type { Config } from '../config/config.js';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';
import { Draining } from '../http/server/draining.js';
import { excessOf } from '../database/serving-role.js';
import { createLogger } from '../http/server/logger.js';
import { banner } from './banner.js';
import { migrateDatabase, openCheckedDatabase } from './database.js';
import { seedDemo } from './demo.js';
import { LocalFiles } from './local-files.js';
import { explainListening, settlePort } from './port.js';
import { stopOnSignal } from './shutdown.js';

/** The database, with the local files of an embedded one. */
interface DatabaseSource {
  readonly url: string;
  readonly files: LocalFiles | undefined;
  stop(): Promise<void>;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts the service and serves until a signal ends it. */
export async function start(settings: Config): Promise<void> {
  const config = await settlePort(settings);
  const source = config.databaseUrl === undefined ? await embedded(config) : external(config.databaseUrl);
  try {
    await serve(config, source);
  } catch (error) {
    await source.stop();
    throw error;
  }
}

async function serve(config: Config, { url, files, stop }: DatabaseSource): Promise<void> {
  const logger = await createLogger(config);
  const open = await openCheckedDatabase(config, url, (error) =>
    logger.warn({ err: error }, 'connection lost'),
  );
  try {
    const excess = await excessOf(open.dataSource);
    if (excess !== undefined)
      logger.warn(
        `the role of DATABASE_URL ${excess}: serve with a role of its own, see MIGRATION_DATABASE_URL`,
      );
    const app = await createApp(config, {
      open,
      logger,
      adminToken: config.adminToken ?? files?.secret('admin-token'),
      appSecrets: config.appSecrets.length > 0 ? config.appSecrets : [files?.secret('app-secret') ?? ''],
      readDemo: () => files?.readDemo(),
    });
    await seedOnFirstStart(app, files);
    const address = await listen(app, config);
    stopOnSignal({
      delayMs: config.shutdownDelayMs,
      announce: () => app.get(Draining).begin(),
      steps: [() => app.close(), () => open.close(), stop],
      say,
    });
    say(banner(config.publicUrl, address, files));
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** Starts and migrates the embedded PostgreSQL. */
async function embedded({ dataDir }: Config): Promise<DatabaseSource> {
  const postgres = await startEmbeddedPostgres({ dataDir, log: say });
  try {
    await migrateDatabase(postgres.url, postgres.servingUrl);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return { url: postgres.servingUrl, files: new LocalFiles(postgres.dataDir), stop: () => postgres.stop() };
}

function external(url: string): DatabaseSource {
  return { url, files: undefined, stop: () => Promise.resolve() };
}

/** With the embedded database, clients are expected on the same machine. */
const CALLBACK_HOSTS = ['localhost', '127.0.0.1'];

async function seedOnFirstStart(app: NestFastifyApplication, files: LocalFiles | undefined): Promise<void> {
  if (files !== undefined && !files.hasDemo) files.writeDemo(await seedDemo(app, CALLBACK_HOSTS));
}

async function listen(app: NestFastifyApplication, config: Config): Promise<string> {
  const { port, host } = config;
  try {
    return await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    throw explainListening(error, config);
  }
}
