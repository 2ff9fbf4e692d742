import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.setup.js';
import type { Config } from '../config/config.js';
import { excessOf } from '../database/serving-role.js';
import { Draining } from '../http/server/draining.js';
import { createLogger } from '../http/server/logger.js';
import { migrateDatabase, openCheckedDatabase } from './database.js';
import { seedDemo } from './demo.js';
import type { LocalFiles } from './local-files.js';
import { clientLimit } from './open-files.js';
import { explainListening } from './port.js';
import { stopOnSignal } from './shutdown.js';
import type { DatabaseSource } from './start.js';

/**
 * Serves until a signal ends it. An embedded database, which has local files, is migrated and seeded before. Returns the
 * address.
 */
export async function serve(
  config: Config,
  { url, migrationUrl, files, stop }: DatabaseSource,
  say: (line: string) => void,
): Promise<string> {
  if (migrationUrl !== undefined) await migrateDatabase(migrationUrl, url);
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
    const mostClients = clientLimit(config);
    if (mostClients !== undefined) app.getHttpServer().maxConnections = mostClients;
    const address = await listen(app, config);
    stopOnSignal({
      delayMs: config.shutdownDelayMs,
      announce: () => app.get(Draining).begin(),
      steps: [() => app.close(), () => open.close(), stop],
      say,
    });
    return address;
  } catch (error) {
    await open.close();
    throw error;
  }
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
