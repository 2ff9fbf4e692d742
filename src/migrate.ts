import 'reflect-metadata';
import { load } from './boot/load.js';

const { runCommand } = load<typeof import('./boot/command.js')>('./command.js');
const { migrateDatabase } = load<typeof import('./boot/database.js')>('./database.js');
const { StartError } = load<typeof import('./boot/start-error.js')>('./start-error.js');

/** `npm run migrate`: migrates an external database; run it before starting a new version. */
await runCommand(async ({ databaseUrl }) => {
  if (databaseUrl === undefined) {
    throw new StartError('DATABASE_URL is not set: the embedded database migrates itself at every start.');
  }
  const names = await migrateDatabase(databaseUrl);
  process.stdout.write(names.length === 0 ? 'Nothing to migrate.\n' : `Migrated: ${names.join(', ')}\n`);
});
