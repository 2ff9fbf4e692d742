import 'reflect-metadata';
import { createApp } from './app.setup.js';
import { runCommand } from './boot/command.js';
import { openCheckedDatabase } from './boot/database.js';
import { seedDemo } from './boot/demo.js';
import { StartError } from './boot/start-error.js';
import { createLogger } from './http/server/logger.js';

/** `npm run seed`: creates a demo organization in an external database and prints its secrets. */
await runCommand(async (config) => {
  if (config.databaseUrl === undefined) {
    throw new StartError('DATABASE_URL is not set: the embedded database is seeded on its first start.');
  }
  const open = await openCheckedDatabase(config, config.databaseUrl, () => undefined);
  const logger = await createLogger({ ...config, logLevel: 'error' });
  const { adminToken, appSecrets } = config;
  const app = await createApp(config, { open, logger, adminToken, appSecrets });
  process.stdout.write(`${JSON.stringify(await seedDemo(app), null, 2)}\n`);
  await app.close();
  await open.close();
});
