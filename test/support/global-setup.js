// Jest loads a global setup outside its own transform, so this one is plain JavaScript over the built service.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDatabase } from '../../dist/src/boot/database.js';
import { servingUrlOf, startEmbeddedPostgres } from '../../dist/src/embedded-postgres/embedded-postgres.js';

/** One PostgreSQL for the whole run, with a migrated template that every test file copies for itself. */
export default async function setup() {
  const dataDir = mkdtempSync(join(tmpdir(), 'quintet-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    maxConnections: 300,
    durable: false,
  });
  globalThis.quintetTestPostgres = postgres;
  process.env.QUINTET_TEST_SERVER = postgres.url;

  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('CREATE DATABASE quintet_template');
  await client.end();
  const url = new URL(postgres.url);
  url.pathname = '/quintet_template';
  await migrateDatabase(url.href, servingUrlOf(url.href));
}
