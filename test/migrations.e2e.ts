import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../src/data-source.js';
import { migrate } from '../src/database/migrations.js';
import { createTestDatabase, dropTestDatabase } from './support/test-database.js';

const PATIENCE_MS = 30_000;
const OUR_SCHEMAS = ['companies', 'outbox', 'polls', 'realms', 'spaces', 'tenancy', 'training'];

describe('migrations', () => {
  let url: string;
  let dataSource: DataSource;

  beforeAll(async () => {
    url = await createTestDatabase('empty');
    dataSource = createDataSource({ url, poolSize: 2, statementTimeoutMs: PATIENCE_MS });
    // TypeORM's comparison sends several queries at once, which pg wants in pipelined connections only.
    const { extra } = dataSource.options as { readonly extra: object };
    dataSource.setOptions({ extra: { ...extra, pipeline: true } });
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
      'tenancy.pk_admin_tokens',
      'tenancy.pk_attempt_windows',
      'tenancy.pk_audit_entries',
      'tenancy.pk_browser_sessions',
      'tenancy.pk_organizations',
      'tenancy.pk_sign_in_links',
      'tenancy.uq_admin_tokens_lookup',
      'tenancy.uq_admin_tokens_name',
      'tenancy.uq_credentials_lookup',
      'tenancy.uq_organizations_slug',
      'training.pk_finish_watermarks',
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

  it('give an audit log from before the policy that a new one gets', async () => {
    const policy = async (): Promise<unknown> =>
      dataSource.query(
        `SELECT pg_get_expr(polqual, polrelid) AS condition FROM pg_policy
          WHERE polrelid = 'tenancy.audit_entries'::regclass`,
      );
    await migrate(dataSource);
    const ofNew = await policy();

    const name = 'AuditRowsWithoutOrganization1767225600071';
    const isDone = async (): Promise<boolean> =>
      (await dataSource.query('SELECT FROM migrations WHERE name = $1', [name])).length > 0;
    while (await isDone()) await dataSource.undoLastMigration();
    await dataSource.query('ALTER POLICY of_organizations ON tenancy.audit_entries USING (true)');
    await migrate(dataSource);
    expect(await policy()).toEqual(ofNew);
  });

  it('move the messages of polls to rows of their own and back, to the letter', async () => {
    const undoTo = async (table: string): Promise<void> => {
      while ((await dataSource.query(`SELECT to_regclass('${table}') AS found`))[0].found !== null)
        await dataSource.undoLastMigration();
    };
    const messages = '[{"_id":"b", "body":"\\u00e9 \\"x\\"","n":1.0},{"_id":"a","body":"{,}"},{"_id":"c"}]';
    const event = (id: string, said: string): Promise<unknown> =>
      dataSource.query(
        `INSERT INTO polls.events
           (organization_id, id, title, creator_user, created_by, key_store_id, reply_address, lang, locale, third_party,
            version, confirmed_flag, dates, places, invitees, messages, declines, keys, created_at, updated_at)
         SELECT o.id, $1, 'x', 'u', '{}', 'k', 'r', 'en', 'en', '{}', 0, false, '[]', '[]', '[]', $2, '[]', '{}', now(), now()
           FROM tenancy.organizations o`,
        [id, said],
      );
    await dataSource.runMigrations();
    await undoTo('polls.event_messages');
    await dataSource.query(
      `INSERT INTO tenancy.organizations (name, slug, created_at) VALUES ('x', 'x', now())`,
    );
    await event('one', messages);
    await event('none', '[]');

    await dataSource.runMigrations();
    expect(
      await dataSource.query(
        `SELECT event_id, position, message->>'_id' AS id FROM polls.event_messages ORDER BY event_id, position`,
      ),
    ).toEqual([
      { event_id: 'one', position: 1, id: 'b' },
      { event_id: 'one', position: 2, id: 'a' },
      { event_id: 'one', position: 3, id: 'c' },
    ]);
    expect(await dataSource.query('SELECT id, messages_length AS n FROM polls.events ORDER BY id')).toEqual([
      { id: 'none', n: 0 },
      { id: 'one', n: 3 },
    ]);

    await undoTo('polls.event_messages');
    expect(
      await dataSource.query('SELECT id, messages::text AS messages FROM polls.events ORDER BY id'),
    ).toEqual([
      { id: 'none', messages: '[]' },
      { id: 'one', messages },
    ]);
    await dataSource.query('DELETE FROM tenancy.organizations');
    await dataSource.runMigrations();
  });

  it('take confirmed events of polls for what they sent: a file to everybody who had not declined by then', async () => {
    const isNewer = async (): Promise<boolean> =>
      (
        await dataSource.query(
          `SELECT FROM information_schema.columns
            WHERE table_schema = 'polls' AND table_name = 'events' AND column_name = 'calendar_files'`,
        )
      ).length > 0;
    await dataSource.runMigrations();
    while (await isNewer()) await dataSource.undoLastMigration();
    await dataSource.query(
      `INSERT INTO tenancy.organizations (name, slug, created_at) VALUES ('x', 'x', now())`,
    );
    const invitees = JSON.stringify(['organiser', 'early', 'late'].map((user) => ({ user })));
    const declines = JSON.stringify([
      { created_by: { user: 'early' }, createdAt: '2030-05-01T08:00:00.000Z' },
      { created_by: { user: 'late' }, createdAt: '2030-05-01T10:00:00.000Z' },
    ]);
    for (const [id, flag, noEmails] of [
      ['confirmed', true, null],
      ['open', false, null],
      ['silent', true, true],
    ])
      await dataSource.query(
        `INSERT INTO polls.events
           (organization_id, id, title, creator_user, created_by, key_store_id, reply_address, lang, locale, third_party,
            version, confirmed_flag, confirmed_date_id, confirmed_at, ics_sequence, no_emails, dates, places, invitees,
            messages_length, declines, keys, created_at, updated_at)
         SELECT o.id, $1, 'x', 'organiser', '{}', 'k', 'r', 'en', 'en', '{}', 0, $2, 'd', '2030-05-01T09:00:00Z',
                CASE WHEN $2 THEN 4 END, $3, '[]', '[]', $4, 0, $5, '{}', now(), now()
           FROM tenancy.organizations o`,
        [id, flag, noEmails, invitees, declines],
      );
    await dataSource.runMigrations();
    const file = { method: 'REQUEST', sequence: 4 };
    expect(
      await dataSource.query('SELECT id, calendar_files AS files FROM polls.events ORDER BY id'),
    ).toEqual([
      { id: 'confirmed', files: { organiser: file, late: file } },
      { id: 'open', files: {} },
      { id: 'silent', files: {} },
    ]);
    await dataSource.query('DELETE FROM tenancy.organizations');
  });
});
