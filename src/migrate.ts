import 'reflect-metadata';
import { runCommand } from './boot/command.js';
import { migrateDatabase } from './boot/database.js';
import { StartError } from './boot/start-error.js';

/** `npm run migrate`: migrates an external database; run it before starting a new version. */
await runCommand(async ({ databaseUrl }) => {
  if (databaseUrl === undefined) {
    throw new StartError('DATABASE_URL is not set: the embedded database migrates itself at every start.');
  }
  const names = await migrateDatabase(databaseUrl);
  process.stdout.write(names.length === 0 ? 'Nothing to migrate.\n' : `Migrated: ${names.join(', ')}\n`);
});
