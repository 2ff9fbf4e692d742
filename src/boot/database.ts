import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import { createDataSource } from '../data-source.js';
import { databaseFailure } from '../database/failures.js';
import { migrate, pendingMigrations, type Migrated } from '../database/migrations.js';
import { openDatabase, type OpenDatabase } from '../database/open.js';
import { looksThroughTransactionPooler } from '../database/pooler.js';
import { MissingRole } from '../database/serving-role.js';
import { StartError } from './start-error.js';

/** Oldest PostgreSQL that is tested. */
const OLDEST_MAJOR = 15;

/**
 * Whether a session has the settings that `clientConfig` requests. A pooler may be configured to drop them, and with
 * another time zone all times would silently be wrong.
 */
const SESSION = `
  SELECT current_setting('server_version_num')::integer / 10000 AS major,
         current_setting('TimeZone') = 'UTC' AND current_setting('DateStyle') LIKE 'ISO%'
           AND current_setting('statement_timeout') <> '0' AS as_asked`;

/** `cannot_connect_now`: the server is there, and begins or ends. */
const STARTING = '57P03';
const STARTING_PATIENCE_MS = 30_000;

/** Long enough for a migration of a large table. */
const MIGRATION_TIMEOUT_MS = 30 * 60_000;

/**
 * Runs all pending migrations on connections with a long timeout, and lets the role of `servingUrl` use the tables. That
 * of `url` owns them.
 */
export async function migrateDatabase(url: string, servingUrl?: string): Promise<Migrated> {
  const dataSource = createDataSource({ url, poolSize: 2, statementTimeoutMs: MIGRATION_TIMEOUT_MS });
  await onceStarted(() => dataSource.initialize()).catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    return await migrate(dataSource, servingUrl);
  } catch (error) {
    if (!(error instanceof MissingRole)) throw error;
    throw new StartError(
      `DATABASE_URL names the role ${error.role}, which MIGRATION_DATABASE_URL may not create: create it with a password.`,
    );
  } finally {
    await dataSource.destroy();
  }
}

/** Tries again while PostgreSQL starts: after a crash it first restores what was not in its files yet. */
async function onceStarted<T>(connect: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + STARTING_PATIENCE_MS;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if ((error as { code?: unknown }).code !== STARTING || Date.now() > deadline) throw error;
    }
    await sleep(100);
  }
}

/** Connects, and checks that the service can use the database. */
export async function openCheckedDatabase(
  config: Config,
  url: string,
  onLost: (error: Error) => void,
): Promise<OpenDatabase> {
  const options = { url, poolSize: config.databasePoolSize, statementTimeoutMs: config.statementTimeoutMs };
  const connect = (): Promise<OpenDatabase> =>
    openDatabase(options, (driver) => createDataSource(options, driver), onLost);
  const open = await onceStarted(connect).catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    await check(open);
    return open;
  } catch (error) {
    await open.close();
    throw databaseFailure(error) === undefined ? error : unreachable(error);
  }
}

async function check({ dataSource, pool }: OpenDatabase): Promise<void> {
  const { rows } = await pool.query<{ major: number; as_asked: boolean }>(SESSION);
  const [session] = rows;
  if (session === undefined || session.major < OLDEST_MAJOR) {
    throw new StartError(
      `DATABASE_URL leads to PostgreSQL ${session?.major}; version ${OLDEST_MAJOR} or later is needed.`,
    );
  }
  if (await looksThroughTransactionPooler(pool)) {
    throw new StartError(
      'DATABASE_URL leads to a pooler in transaction mode, which breaks named statements and LISTEN: ' +
        'use session mode or the server itself.',
    );
  }
  if (!session.as_asked) {
    throw new StartError(
      'DATABASE_URL leads to a pooler that drops what sessions ask for: give the role TimeZone UTC, DateStyle ISO ' +
        'and a statement_timeout (ALTER ROLE … SET …), or use the server itself.',
    );
  }
  const pending = await pendingMigrations(dataSource);
  if (pending.length > 0) {
    throw new StartError(
      `DATABASE_URL leads to a database with ${pending.length} pending migration(s): run "npm run migrate" first.`,
    );
  }
}

/** The driver's message contains no password; the connection URL might. */
function unreachable(error: unknown): StartError {
  const reason = error instanceof Error ? error.message || (error as { code?: string }).code : String(error);
  return new StartError(`DATABASE_URL: cannot connect to the database (${reason}).`);
}
