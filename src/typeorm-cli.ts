import 'reflect-metadata';
import { parseConfig, readEnvironment } from './config/config.js';
import { createDataSource } from './data-source.js';

const { databaseUrl, migrationDatabaseUrl = databaseUrl } = parseConfig(readEnvironment());
if (migrationDatabaseUrl === undefined)
  throw new Error('TypeORM works on the database of DATABASE_URL: set it.');

/** Long enough for a migration of a large table. */
const STATEMENT_TIMEOUT_MS = 30 * 60_000;

/** For TypeORM's command line: `npx typeorm -d dist/src/typeorm-cli.js migration:show`. */
export const dataSource = createDataSource({
  url: migrationDatabaseUrl,
  poolSize: 2,
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
});
