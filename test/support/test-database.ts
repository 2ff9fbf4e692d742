import { randomBytes } from 'node:crypto';
import pg from 'pg';

const TEMPLATE = 'quintet_template';

/** The address of the run's PostgreSQL, see `global-setup`. */
export function serverUrl(): string {
  const url = process.env.QUINTET_TEST_SERVER;
  if (url === undefined) throw new Error('The e2e project starts PostgreSQL; run it through "npm test".');
  return url;
}

/** A new database for a test file; `empty` for one without our tables. */
export async function createTestDatabase(from: 'migrated' | 'empty' = 'migrated'): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} ${from === 'migrated' ? `TEMPLATE ${TEMPLATE}` : ''}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropTestDatabase(url: string): Promise<void> {
  await onServer(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
