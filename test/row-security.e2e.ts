import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { batchedRead } from '../src/database/batched-read.js';
import { batchedWrite } from '../src/database/batched-write.js';
import { acrossOrganizations, statement } from '../src/database/statement.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import { servingUrlOf } from '../src/embedded-postgres/embedded-postgres.js';
import { TrainingEvent } from '../src/surfaces/training/events/training-event.entity.js';
import { bootApp, type TestApp } from './support/app.js';
import { anEvent, givenTrainingClient, type TrainingClient } from './support/training.js';

const FORBIDDEN = '42501';

let app: TestApp;
let ada: TrainingClient;
let ben: TrainingClient;
let eve: TrainingClient;
/** The id of an event of each. */
let events: Map<TrainingClient, string>;
/** A connection with the role that serves. */
let serving: pg.Client;

beforeAll(async () => {
  app = await bootApp();
  [ada, ben, eve] = await Promise.all([
    givenTrainingClient(app),
    givenTrainingClient(app),
    givenTrainingClient(app),
  ]);
  events = new Map(
    await Promise.all(
      [ada, ben, eve].map(
        async (client) => [client, (await client('/events', { body: anEvent(client) })).json.id] as const,
      ),
    ),
  );
  serving = new pg.Client({ connectionString: servingUrlOf(app.databaseUrl) });
  await serving.connect();
});

afterAll(async () => {
  await serving.end();
  await app.close();
});

const idOf = (client: TrainingClient): string => events.get(client) ?? '';

interface EventRow {
  readonly organization_id: number;
  readonly id: string;
}

// None of these says whose rows it means.
const READ = statement<EventRow>('test.rows.read', 'SELECT organization_id, id FROM training.events');
const RENAME = statement<EventRow>(
  'test.rows.rename',
  `UPDATE training.events SET name = 'taken over' RETURNING organization_id, id`,
);
const DELETE = statement<EventRow>(
  'test.rows.delete',
  'DELETE FROM training.events WHERE id = :id RETURNING organization_id, id',
);
const COPY = statement<EventRow>(
  'test.rows.copy',
  `INSERT INTO training.classes (organization_id, id, name, resources, presentation_notes, created_at, updated_at)
   SELECT :target::integer, id || 'x', name, resources, presentation_notes, created_at, updated_at
     FROM training.classes LIMIT 1 RETURNING organization_id, id`,
);
const READ_BATCHED = batchedRead<EventRow>(
  'test.rows.read_batched',
  { organization_id: 'integer', id: 'text' },
  `SELECT input.n, e.organization_id, e.id FROM {input} JOIN training.events e ON e.id = input.id`,
);
const RENAME_BATCHED = batchedWrite<EventRow>(
  'test.rows.rename_batched',
  { organization_id: 'integer', id: 'text' },
  `UPDATE training.events e SET name = 'taken over' FROM {input} WHERE e.id = input.id
   RETURNING input.n, e.organization_id, e.id`,
);

const namesOf = async (): Promise<Set<string>> => {
  const { rows } = await app.open.pool.query<{ name: string }>('SELECT DISTINCT name FROM training.events');
  return new Set(rows.map(({ name }) => name));
};

describe('a statement that forgets its organization', () => {
  const of = (client: TrainingClient): { organization_id: number } => ({ organization_id: client.tenant.id });

  it('reads the rows of its own organization only', async () => {
    expect(await app.open.database.all(READ, of(ada))).toEqual([{ ...of(ada), id: idOf(ada) }]);
    expect(await app.open.database.inBackground(READ, of(ben))).toEqual([{ ...of(ben), id: idOf(ben) }]);
    expect(await app.open.database.search(READ, of(eve), 1)).toEqual([{ ...of(eve), id: idOf(eve) }]);
  });

  it('streams the rows of its own organization only', async () => {
    const reader = { organizationId: ada.tenant.id, credentialId: 1 };
    const { first, rest } = await app.open.database.stream(READ, of(ada), reader);
    await rest.return(undefined);
    expect(first).toEqual([{ ...of(ada), id: idOf(ada) }]);
  });

  it('neither changes nor deletes the rows of others', async () => {
    const { database } = app.open;
    expect(await database.all(DELETE, { ...of(ada), id: idOf(ben) })).toEqual([]);
    const clara = await givenTrainingClient(app);
    expect(await database.all(RENAME, of(clara))).toEqual([]);
    expect(await namesOf()).toEqual(new Set(['Kubernetes, day 1']));
  });

  it('stores nothing for others', async () => {
    const copy = app.open.database.all(COPY, { ...of(ada), target: ben.tenant.id });
    await expect(copy).rejects.toMatchObject({ code: FORBIDDEN });
  });

  it('sees no third organization when two share it', async () => {
    const { database } = app.open;
    const keys = [
      [ada.tenant.id, idOf(ada)],
      [ben.tenant.id, idOf(ben)],
      [ada.tenant.id, idOf(eve)],
    ];
    const found = await Promise.all(keys.map((key) => database.readBatched(READ_BATCHED, key)));
    expect(found.map((rows) => rows.map(({ id }) => id))).toEqual([[idOf(ada)], [idOf(ben)], []]);

    const rows = [ada, ben].map(({ tenant }) => ({ organization_id: tenant.id, id: idOf(eve) }));
    const written = await Promise.all(rows.map((row) => database.writeBatched(RENAME_BATCHED, row)));
    expect(written).toEqual([undefined, undefined]);
    expect(await namesOf()).toEqual(new Set(['Kubernetes, day 1']));
  });

  it('sees its own organization only in a transaction, and none after it', async () => {
    const { database, dataSource } = app.open;
    const seen = await new UnitOfWork(dataSource).run(async ({ queryRunner }) => [
      await database.all(READ, of(ada), queryRunner),
      await database.all(READ, of(ben), queryRunner),
      await database.all(DELETE, { ...of(ben), id: idOf(ada) }, queryRunner),
    ]);
    expect(seen).toEqual([[{ ...of(ada), id: idOf(ada) }], [{ ...of(ben), id: idOf(ben) }], []]);
    expect(await dataSource.getRepository(TrainingEvent).find()).toEqual([]);
  });

  it('sees nothing as a method of TypeORM', async () => {
    const table = app.open.dataSource.getRepository(TrainingEvent);
    expect(await table.countBy(of(ada))).toBe(1);
    expect(await table.count()).toBe(0);
    expect(await table.findBy([{ ...of(ada) }, { id: idOf(ben) }])).toMatchObject([of(ada)]);
    expect((await table.delete({ id: idOf(ada) })).affected).toBe(0);
    expect((await table.update({ id: idOf(ada) }, { name: 'taken over' })).affected).toBe(0);
    expect((await table.update(of(ada), { name: 'Kubernetes, day 1' })).affected).toBe(1);
  });

  it('does not run when its values name no organization', async () => {
    await expect(app.open.database.all(READ, {})).rejects.toThrow('names no organization');
    expect(await app.open.database.all(READ, [])).toEqual([]);
  });

  it('sees all organizations only when it says so', async () => {
    expect(await app.open.database.all(acrossOrganizations(READ), {})).toHaveLength(3);
  });
});

describe('an entry of the audit log that concerns no organization', () => {
  const SUBJECT = 'of nobody';
  const FIND = statement<{ subject: string }>(
    'test.rows.audit',
    `SELECT subject FROM tenancy.audit_entries WHERE subject = '${SUBJECT}'`,
  );
  const ADD = statement<{ subject: string }>(
    'test.rows.add_audit',
    `INSERT INTO tenancy.audit_entries (at, action, subject, outcome)
     VALUES (now(), 'credential.refused', '${SUBJECT}', 'done') RETURNING subject`,
  );

  it('is seen and written by statements across all organizations only', async () => {
    const { database } = app.open;
    const ofAda = { organization_id: ada.tenant.id };
    await expect(database.all(ADD, ofAda)).rejects.toMatchObject({ code: FORBIDDEN });
    expect(await database.all(acrossOrganizations(ADD), {})).toEqual([{ subject: SUBJECT }]);

    expect(await database.all(FIND, ofAda)).toEqual([]);
    expect(await database.all(FIND, { organization_ids: [ada.tenant.id, ben.tenant.id] })).toEqual([]);
    expect(await database.all(FIND, [])).toEqual([]);
    expect(await database.all(acrossOrganizations(FIND), {})).toEqual([{ subject: SUBJECT }]);
  });
});

describe('every table of organizations', () => {
  it('has the policy', async () => {
    const { rows } = await app.open.pool.query<{ name: string }>(
      `SELECT c.oid::regclass AS name
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
         LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'of_organizations' AND p.polcmd = '*'
        WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND p.oid IS NOT NULL)`,
    );
    expect(rows).toEqual([]);
  });

  it('has one policy only: another one would add rows', async () => {
    const { rows } = await app.open.pool.query(
      'SELECT polrelid FROM pg_policy GROUP BY 1 HAVING count(*) > 1',
    );
    expect(rows).toEqual([]);
  });

  it('shows one organization no row of another', async () => {
    const { rows: tables } = await app.open.pool.query<{ name: string }>(
      'SELECT polrelid::regclass AS name FROM pg_policy ORDER BY 1',
    );
    expect(tables.length).toBeGreaterThan(30);
    for (const { name } of tables) {
      await serving.query(`SELECT set_config('quintet.organizations', '{${ada.tenant.id}}', false)`);
      const { rows } = await serving.query<{ organization_id: number }>(
        `SELECT DISTINCT organization_id FROM ${name}`,
      );
      expect(rows.filter(({ organization_id }) => organization_id !== ada.tenant.id)).toEqual([]);
    }
  });
});

describe('the role that serves', () => {
  it('owns nothing and has no right beyond its own', async () => {
    const { rows } = await serving.query(
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
              (SELECT count(*)::integer FROM pg_class WHERE relowner = r.oid) AS tables,
              (SELECT count(*)::integer FROM pg_auth_members WHERE member = r.oid) AS memberships
         FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
        rolbypassrls: false,
        tables: 0,
        memberships: 0,
      },
    ]);
  });

  it.each([
    'CREATE TABLE training.more (id integer)',
    'CREATE TABLE public.more (id integer)',
    'CREATE SCHEMA more',
    'ALTER TABLE training.events ADD COLUMN more integer',
    'ALTER TABLE training.events DISABLE ROW LEVEL SECURITY',
    'DROP POLICY of_organizations ON training.events',
    'ALTER DOMAIN tenancy.row_security DROP CONSTRAINT ck_row_security',
    'DROP TABLE training.events',
    'TRUNCATE training.events',
    'CREATE TRIGGER more BEFORE INSERT ON training.events FOR EACH ROW EXECUTE FUNCTION tenancy.give_member_slug()',
    `CREATE FUNCTION training.more() RETURNS void LANGUAGE sql AS ''`,
    `INSERT INTO migrations (timestamp, name) VALUES (1, 'x')`,
    'CREATE ROLE more',
    'SET ROLE quintet',
    `COPY training.events TO PROGRAM 'id'`,
    `COPY training.events FROM PROGRAM 'id'`,
    `COPY training.events TO '/tmp/events'`,
    `SELECT pg_read_file('/etc/passwd')`,
    `SELECT pg_ls_dir('.')`,
    `SELECT lo_import('/etc/passwd')`,
    'SELECT rolpassword FROM pg_authid',
    'ALTER SYSTEM SET work_mem = 1',
    'SELECT pg_reload_conf()',
  ])('cannot: %s', async (sql) => {
    await expect(serving.query(sql)).rejects.toMatchObject({ code: FORBIDDEN });
  });
});
