// Jest loads a global setup outside its own transform, so this one is plain JavaScript over the built service.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDatabase } from '../../dist/src/boot/database.js';
import { servingUrlOf, startEmbeddedPostgres } from '../../dist/src/embedded-postgres/embedded-postgres.js';

/**
 * One PostgreSQL for the whole run, with a migrated template that every test file copies for itself: the embedded one,
 * or the server of QUINTET_TEST_SERVER, whose role must be a superuser.
 */
export default async function setup() {
  const url = process.env.QUINTET_TEST_SERVER ?? (await startServer());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('DROP DATABASE IF EXISTS quintet_template');
  await client.query('CREATE DATABASE quintet_template');
  await client.end();
  const template = new URL(url);
  template.pathname = '/quintet_template';
  await migrateDatabase(template.href, servingUrlOf(template.href));
}

async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'quintet-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    maxConnections: 300,
    durable: false,
  });
  globalThis.quintetTestPostgres = postgres;
  process.env.QUINTET_TEST_SERVER = postgres.url;
  return postgres.url;
}
