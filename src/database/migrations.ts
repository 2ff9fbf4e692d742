import type { DataSource } from 'typeorm';

/** Only one process migrates at a time; the number is arbitrary, and ours. */
const MIGRATION_LOCK = 7_305_001;

/**
 * Brings the schema up to date and names what it ran. Processes that start together wait for each other.
 * The data source must be a patient one: a migration may take longer than any request's statement.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const run = await dataSource.runMigrations();
    return run.map((migration) => migration.name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

/** Names of the migrations that the database has not seen; start-up on an external database refuses to go on. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    const known = (await runner.hasTable('migrations'))
      ? ((await runner.query('SELECT name FROM migrations')) as { name: string }[]).map(({ name }) => name)
      : [];
    return dataSource.migrations
      .map((migration) => migration.name ?? migration.constructor.name)
      .filter((name) => !known.includes(name));
  } finally {
    await runner.release();
  }
}
