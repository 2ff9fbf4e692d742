import 'reflect-metadata';
import { load } from './boot/load.js';

const { runCommand } = load<typeof import('./boot/command.js')>('./command.js');
const { StartError } = load<typeof import('./boot/start-error.js')>('./start-error.js');

/**
 * `npm run migrate`: migrates an external database; run it before starting a new version. With `MIGRATION_DATABASE_URL`
 * its role owns the tables, and that of `DATABASE_URL` only uses them.
 */
await runCommand(async ({ databaseUrl, migrationDatabaseUrl }) => {
  if (databaseUrl === undefined) {
    throw new StartError('DATABASE_URL is not set: the embedded database migrates itself at every start.');
  }
  const { migrateDatabase } = load<typeof import('./boot/database.js')>('./database.js');
  const { names, leaky } = await (migrationDatabaseUrl === undefined
    ? migrateDatabase(databaseUrl)
    : migrateDatabase(migrationDatabaseUrl, databaseUrl));
  if (leaky.length > 0) {
    process.stdout.write(
      'Some lists read more rows than they need until a superuser runs, in this database:\n' +
        leaky.map((name) => `  ALTER FUNCTION ${name} LEAKPROOF;\n`).join(''),
    );
  }
  process.stdout.write(names.length === 0 ? 'Nothing to migrate.\n' : `Migrated: ${names.join(', ')}\n`);
});
