import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../src/data-source.js';
import { createTestDatabase, dropTestDatabase } from './support/test-database.js';

const PATIENCE_MS = 30_000;
const OUR_SCHEMAS = ['companies', 'outbox', 'polls', 'realms', 'spaces', 'tenancy', 'training'];

describe('migrations', () => {
  let url: string;
  let dataSource: DataSource;

  beforeAll(async () => {
    url = await createTestDatabase('empty');
    dataSource = createDataSource({ url, poolSize: 2, statementTimeoutMs: PATIENCE_MS }, () => undefined);
    await dataSource.initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await dropTestDatabase(url);
  });

  const schemas = async (): Promise<string[]> => {
    const rows: { nspname: string }[] = await dataSource.query(
      `SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema')
        ORDER BY nspname`,
    );
    return rows.map((row) => row.nspname);
  };

  const undoAll = async (): Promise<void> => {
    for (let left = dataSource.migrations.length; left > 0; left--) await dataSource.undoLastMigration();
  };

  it('leave behind exactly the tables that the entities describe', async () => {
    await dataSource.runMigrations();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('take everything back, and do it all again', async () => {
    await undoAll();
    expect(await schemas()).toEqual([]);
    await dataSource.runMigrations();
    expect(await schemas()).toEqual(OUR_SCHEMAS);
    expect((await dataSource.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
  });

  it('put the organization first in every key of a tenant, with a named list of exceptions', async () => {
    await dataSource.runMigrations();
    const keys: { name: string }[] = await dataSource.query(
      `SELECT n.nspname || '.' || c.conname AS name
         FROM pg_constraint c
         JOIN pg_namespace n ON n.oid = c.connamespace
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE n.nspname = ANY ($1) AND c.contype IN ('p', 'u', 'f', 'x') AND a.attname <> 'organization_id'
        ORDER BY 1`,
      [OUR_SCHEMAS],
    );
    expect(keys.map((key) => key.name)).toEqual([
      'companies.uq_companies_public_slug',
      'polls.uq_events_public_id',
      'tenancy.pk_attempt_windows',
      'tenancy.pk_browser_sessions',
      'tenancy.pk_organizations',
      'tenancy.pk_sign_in_links',
      'tenancy.uq_credentials_lookup',
      'tenancy.uq_organizations_slug',
      'training.uq_events_public_id',
    ]);
  });

  it('name every constraint and index after its kind', async () => {
    const nameless: { name: string }[] = await dataSource.query(
      `SELECT conname AS name FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
        WHERE n.nspname = ANY ($1) AND c.contype <> 'n' AND conname !~ '^(pk|uq|fk|ck|ex)_'
        UNION ALL
       SELECT indexname FROM pg_indexes WHERE schemaname = ANY ($1) AND indexname !~ '^(pk|uq|ix|ex)_'`,
      [OUR_SCHEMAS],
    );
    expect(nameless).toEqual([]);
  });
});
