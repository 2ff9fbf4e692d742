import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { pino } from 'pino';
import { createApp } from '../../src/app.setup.js';
import { openCheckedDatabase } from '../../src/boot/database.js';
import { parseConfig } from '../../src/config/config.js';
import type { OpenDatabase } from '../../src/database/open.js';
import { servingUrlOf } from '../../src/embedded-postgres/embedded-postgres.js';
import type { DemoSecrets } from '../../src/http/landing/demo-credentials.js';
import { loggerOptions } from '../../src/http/server/logger.js';
import { createTestDatabase, dropTestDatabase } from './test-database.js';

export const ADMIN_TOKEN = 'an admin token for tests, of no use elsewhere';

export interface TestApp {
  readonly app: NestFastifyApplication;
  /** The application's connections; its `pool` is that of the tests, whose role owns the tables and sees every row. */
  readonly open: OpenDatabase;
  /** The pool of the application, whose role only serves. */
  readonly servingPool: pg.Pool;
  /** Base address, without a trailing slash. */
  readonly url: string;
  /** With the role that owns the tables. */
  readonly databaseUrl: string;
  /** The application's log, one parsed line per entry. */
  readonly log: Record<string, unknown>[];
  close(): Promise<void>;
}

export interface BootOptions {
  /** An existing database, for another application that acts as a second process. */
  readonly databaseUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** If given, the application treats its database as the embedded one, with these demo credentials. */
  readonly readDemo?: () => DemoSecrets | undefined;
}

/** Boots what `main` boots, on a new database and a free port. */
export async function bootApp({
  databaseUrl,
  environment = {},
  readDemo,
}: BootOptions = {}): Promise<TestApp> {
  const url = databaseUrl ?? (await createTestDatabase());
  const settings = parseConfig({
    PORT: '0',
    DATABASE_URL: servingUrlOf(url),
    ADMIN_TOKEN,
    APP_SECRET: 'a secret for tests only',
    DATABASE_POOL_SIZE: '4',
    // The tests must not depend on how busy the machine is.
    STATEMENT_TIMEOUT_MS: '10000',
    PUBLIC_URL: readDemo === undefined ? 'https://quintet.test' : 'http://localhost:3000',
    TRAINING_RATE_LIMIT: '1000000',
    REALMS_RATE_LIMIT: '1000000',
    SPACES_RATE_LIMIT: '1000000',
    // All tests use one address, and many send wrong secrets.
    WRONG_CREDENTIALS_PER_MINUTE: '0',
    WRONG_LINKS_PER_MINUTE: '0',
    LOG_LEVEL: 'debug',
    ...environment,
  });
  const config = readDemo === undefined ? settings : { ...settings, databaseUrl: undefined };
  const log: Record<string, unknown>[] = [];
  const logger = pino(loggerOptions(config.logLevel), {
    write: (line: string) => void log.push(JSON.parse(line) as never),
  });
  const open = await openCheckedDatabase(config, servingUrlOf(url), () => undefined);
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // Tests stop the server.
  pool.on('error', () => undefined);
  const { adminToken, appSecrets } = config;
  const app = await createApp(config, {
    open,
    logger,
    adminToken,
    appSecrets,
    ...(readDemo !== undefined && { readDemo }),
  });
  const address = await app.getHttpAdapter().getInstance().listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    open: { ...open, pool },
    servingPool: open.pool,
    url: address,
    databaseUrl: url,
    log,
    close: async () => {
      await app.close();
      await open.close();
      await pool.end();
      if (databaseUrl === undefined) await dropTestDatabase(url);
    },
  };
}
