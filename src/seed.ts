import 'reflect-metadata';
import { load } from './boot/load.js';

const { runCommand } = load<typeof import('./boot/command.js')>('./command.js');
const { StartError } = load<typeof import('./boot/start-error.js')>('./start-error.js');

/** `npm run seed`: creates a demo organization in an external database and prints its secrets. */
await runCommand(async (config) => {
  if (config.databaseUrl === undefined) {
    throw new StartError('DATABASE_URL is not set: the embedded database is seeded on its first start.');
  }
  const { openCheckedDatabase } = load<typeof import('./boot/database.js')>('./database.js');
  const { createApp } = load<typeof import('./app.setup.js')>('../app.setup.js');
  const { seedDemo } = load<typeof import('./boot/demo.js')>('./demo.js');
  const { createLogger } = load<typeof import('./http/server/logger.js')>('../http/server/logger.js');
  const open = await openCheckedDatabase(config, config.databaseUrl, () => undefined);
  const logger = await createLogger({ ...config, logLevel: 'error' });
  const { adminToken, appSecrets } = config;
  const app = await createApp(config, { open, logger, adminToken, appSecrets });
  process.stdout.write(`${JSON.stringify(await seedDemo(app), null, 2)}\n`);
  await app.close();
  await open.close();
});
