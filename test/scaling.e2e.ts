import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, dropTestDatabase } from './support/test-database.js';

const OUR_SCHEMAS = ['companies', 'outbox', 'polls', 'realms', 'spaces', 'tenancy', 'training'];

let url: string;
let client: pg.Client;

beforeAll(async () => {
  url = await createTestDatabase();
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await dropTestDatabase(url);
});

const namesOf = async (sql: string): Promise<string[]> =>
  (await client.query<{ name: string }>(sql, [OUR_SCHEMAS])).rows.map(({ name }) => name);

/** The first column of the table of look-ups. */
const documented = (): string[] =>
  [...readFileSync('docs/scaling.md', 'utf8').matchAll(/^\| `(\w+\.(?:pk|uq|ex)_\w+)`/gm)].map(
    ([, name = '']) => name,
  );

describe('tables that are divided by organization', () => {
  it('carry the organization in every primary, unique and exclusion key, but for the look-ups that the page names', async () => {
    // Unique indexes without a constraint count as well.
    const keys = await namesOf(
      `SELECT n.nspname || '.' || k.relname AS name
         FROM pg_index i
         JOIN pg_class k ON k.oid = i.indexrelid
         JOIN pg_namespace n ON n.oid = k.relnamespace
        WHERE n.nspname = ANY ($1) AND (i.indisunique OR i.indisexclusion)
          AND NOT EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[:i.indnkeyatts - 1])
                             AND a.attname = 'organization_id')
        ORDER BY 1`,
    );
    expect(keys).toEqual(documented().sort());
    expect(keys.length).toBeGreaterThan(0);
  });

  it('compare organizations for equality in exclusion keys', async () => {
    const others = await namesOf(
      `SELECT n.nspname || '.' || c.conname AS name
         FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
        WHERE n.nspname = ANY ($1) AND c.contype = 'x'
          AND NOT EXISTS (SELECT
                            FROM unnest(c.conkey, c.conexclop) AS k (attnum, operator)
                            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
                            JOIN pg_operator o ON o.oid = k.operator
                           WHERE a.attname = 'organization_id' AND o.oprname = '=')`,
    );
    expect(others).toEqual([]);
  });

  it('refer to rows of the same organization only', async () => {
    const others = await namesOf(
      `SELECT n.nspname || '.' || c.conname AS name
         FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
        WHERE n.nspname = ANY ($1) AND c.contype = 'f'
          AND NOT EXISTS (SELECT
                            FROM unnest(c.conkey, c.confkey) AS k (here, there)
                            JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = k.here
                            JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = k.there
                           WHERE h.attname = 'organization_id'
                             AND (t.attname = 'organization_id'
                               OR c.confrelid = 'tenancy.organizations'::regclass AND t.attname = 'id'))`,
    );
    expect(others).toEqual([]);
  });

  it('are all tables but those that are about all organizations', async () => {
    const others = await namesOf(
      `SELECT n.nspname || '.' || r.relname AS name
         FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
        WHERE n.nspname = ANY ($1) AND r.relkind = 'r'
          AND NOT EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = r.oid AND a.attname = 'organization_id' AND a.attnotnull)
        ORDER BY 1`,
    );
    expect(others).toEqual([
      'tenancy.admin_tokens',
      'tenancy.attempt_windows',
      'tenancy.audit_entries',
      'tenancy.organizations',
      'training.finish_watermarks',
    ]);
  });
});
