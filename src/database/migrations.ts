import type { DataSource } from 'typeorm';
import { mayReveal, protectRows } from './policies.js';
import { prepareServingRole } from './serving-role.js';

/** Advisory lock, so that only one process migrates at a time. The number is arbitrary. */
const MIGRATION_LOCK = 7_305_001;

/** What migrating did. */
export interface Migrated {
  /** Names of the migrations that were run. */
  readonly names: readonly string[];
  /** Functions that a superuser should declare LEAKPROOF, see `policies.ts`. */
  readonly leaky: readonly string[];
}

/**
 * Runs pending migrations. Then all tables have their policies, and the role of `servingUrl` may
 * use them. Processes that start together wait for each other. The data source must have no short statement timeout,
 * because a migration may take longer than a request.
 */
export async function migrate(dataSource: DataSource, servingUrl?: string): Promise<Migrated> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const run = await dataSource.runMigrations();
    await protectRows(dataSource);
    if (servingUrl !== undefined) await prepareServingRole(dataSource, servingUrl);
    return { names: run.map((migration) => migration.name), leaky: await mayReveal(dataSource) };
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

/** Names of pending migrations. On an external database, start-up fails if there are any. */
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
