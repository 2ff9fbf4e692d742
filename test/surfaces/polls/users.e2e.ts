import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf, lookupOf } from '../../../src/auth/credentials/bearer-key.js';
import { lowerCaseSecret } from '../../../src/core/random-code.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';
import { until } from '../../support/smtp.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp({ environment: { HOOKS_ALLOW_INTERNAL: 'true' } });
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

const post = (path: string, body: unknown): Promise<Json> => client(path, { body });
const put = (path: string, body: unknown): Promise<Json> => client(path, { method: 'PUT', body });
let made = 0;
const anAddress = (): string => `user${++made}@users.example.org`;

/** The key of the tenant's member, who is no administrator. */
async function memberKey(): Promise<string> {
  const key = lowerCaseSecret();
  await app.open.pool.query(
    `INSERT INTO tenancy.credentials (organization_id, member_id, surface, lookup, secret_sha256, created_at)
     VALUES ($1, $2, 'polls', $3, $4, now())`,
    [client.tenant.id, client.tenant.member.id, lookupOf(key), digestOf(key)],
  );
  return key;
}

describe('users', () => {
  it('are the members of the organization, with zone, language and account', async () => {
    const { json } = await client(`/users/${client.pollsId}`);
    const organization = (await client('/auth/test')).json;
    expect(json).toEqual({
      _id: client.pollsId,
      first_name: 'Jean',
      last_name: 'Dupont',
      full_name: 'Jean Dupont',
      timezone: 'Europe/Paris',
      language: 'fr',
      signedup_with: 'email',
      calendarList: null,
      picture_url: '',
      emails: ['creator@example.com'],
      account: {
        organization: { id: organization._id, name: organization.name, admin: expect.any(Boolean) },
        plan: 'pro',
        free_trial_days: 0,
        free_trial_started: null,
        free_trial_until: null,
        app_url: null,
      },
      consent: { terms: null },
      calendars: { google: false, office365: false, exchange: false, icloud: false, caldav: false },
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: json.createdAt,
    });
    expect((await client('/users?limit=1')).json).toEqual([json]);
  });

  it('who are known by their address only are none', async () => {
    const event = (await post('/events', aPoll())).json;
    expect((await client(`/users/${event.invitees[1].user}`)).status).toBe(404);
  });

  it('are added, in the product’s envelope or bare, and shown afterwards', async () => {
    const organization = (await client('/auth/test')).json._id;
    const [one, two] = [anAddress(), anAddress()];
    const wrapped = await post('/users', {
      organization,
      user: {
        emails: [one],
        first_name: 'Ada',
        last_name: 'King Lovelace',
        timezone: 'Europe/London',
        language: 'de',
        account: { organization: { extid: 'e-1', admin: true } },
      },
    });
    expect(wrapped.status).toBe(201);
    expect(wrapped.json).toMatchObject({
      full_name: 'Ada King Lovelace',
      first_name: 'Ada',
      last_name: 'King Lovelace',
      timezone: 'Europe/London',
      language: 'de',
      emails: [one],
      account: { organization: { id: organization, extid: 'e-1', admin: false } },
    });
    expect((await client(`/users/${wrapped.json._id}`)).json).toEqual(wrapped.json);
    const bare = await post('/users', { emails: [two], full_name: 'Grace', extid: 'e-2' });
    expect([bare.status, bare.json.timezone, bare.json.language]).toEqual([201, 'UTC', 'en']);
    expect((await client('/users?extid=e-2,e-1')).json).toEqual([wrapped.json, bare.json]);
    expect((await client(`/users?emails=${two.toUpperCase()}`)).json).toEqual([bare.json]);
  });

  it('that are known by id, external id or address are changed instead, with 200', async () => {
    const [first, second] = [anAddress(), anAddress()];
    const { json } = await post('/users', { emails: [first], full_name: 'One', extid: 'known' });
    for (const [name, body] of [
      ['Two', { emails: [first], full_name: 'Two' }],
      ['Three', { emails: [second], full_name: 'Three', extid: 'known' }],
      ['Four', { emails: [first], full_name: 'Four', id: json._id }],
    ] as const) {
      const again = await post('/users', body);
      expect([again.status, again.json._id, again.json.full_name]).toEqual([200, json._id, name]);
      expect(again.json.emails).toEqual(body.emails);
    }
  });

  it('take over the id that they had by their address', async () => {
    const address = anAddress();
    const event = (await post('/events', aPoll({ invitees: [{ email: address }] }))).json;
    expect((await post('/users', { emails: [address] })).json._id).toBe(event.invitees[1].user);
  });

  it('change in part', async () => {
    const { json } = await post('/users', { emails: [anAddress()], full_name: 'Ada Lovelace' });
    const changed = await put(`/users/${json._id}`, { user: { first_name: 'Augusta', language: 'sv' } });
    expect(changed.json).toEqual({
      ...json,
      first_name: 'Augusta',
      full_name: 'Augusta Lovelace',
      language: 'sv',
      updatedAt: changed.json.updatedAt,
    });
  });

  it('have an address and an external id of their own: 409', async () => {
    const taken = anAddress();
    await post('/users', { emails: [taken], extid: 'taken' });
    const { json } = await post('/users', { emails: [anAddress()] });
    for (const [body, field] of [
      [{ emails: [taken] }, 'emails'],
      [{ extid: 'taken' }, 'extid'],
    ] as const) {
      const refused = await put(`/users/${json._id}`, body);
      expect([refused.status, Object.keys(refused.json.errors)]).toEqual([409, [field]]);
    }
  });

  it('are added and changed in batches, all or none', async () => {
    const [one, two, three] = [anAddress(), anAddress(), anAddress()];
    const batch = await post('/users/batch', [{ emails: [one], extid: 'b-1' }, { user: { emails: [two] } }]);
    expect([batch.status, batch.json.map(({ emails }: Json) => emails[0])]).toEqual([200, [one, two]]);
    const changed = await put('/users/batch', {
      users: [
        { extid: 'b-1', full_name: 'B One' },
        { _id: batch.json[1]._id, full_name: 'B Two' },
      ],
    });
    expect(changed.json.map(({ full_name }: Json) => full_name)).toEqual(['B One', 'B Two']);
    const refused = await post('/users/batch', [{ emails: [three] }, { emails: ['x'] }, {}]);
    expect([refused.status, Object.keys(refused.json.errors)]).toEqual([
      400,
      ['users.1.emails', 'users.2.emails'],
    ]);
    const unknown = await put('/users/batch', [{ extid: 'b-1', full_name: 'Never' }, { extid: 'nobody' }]);
    expect([unknown.status, Object.keys(unknown.json.errors)]).toEqual([400, ['users.1.extid']]);
    expect((await client(`/users?emails=${one},${three}`)).json).toMatchObject([{ full_name: 'B One' }]);
  });

  it('are one, however many add the same address at once', async () => {
    const address = anAddress();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('/users', { emails: [address], extid: address })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ json }) => json._id)).size).toBe(1);
  });

  it('are deleted with 204, unless something refers to them', async () => {
    const { json } = await post('/users', { emails: [anAddress()] });
    const deleted = await client(`/users/${json._id}`, { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await client(`/users/${json._id}`)).status).toBe(404);
    await post('/events', aPoll());
    const kept = await client(`/users/${client.pollsId}`, { method: 'DELETE' });
    expect([kept.status, kept.json.message]).toEqual([409, expect.stringContaining('polls events')]);
  });

  it('take their credentials along, each told in the audit log as revoked by who deleted them', async () => {
    const email = anAddress();
    const { _id } = (await post('/users', { emails: [email] })).json;
    const { rows } = await app.open.pool.query<{ id: number }>(
      `INSERT INTO tenancy.credentials (organization_id, member_id, surface, lookup, secret_sha256, created_at)
       SELECT organization_id, id, surface, surface || '-of-' || id, '', now()
         FROM tenancy.members, unnest('{polls,training}'::text[]) AS surface WHERE email = $1 RETURNING id`,
      [email],
    );
    expect((await client(`/users/${_id}`, { method: 'DELETE' })).status).toBe(204);
    const told = await app.open.pool.query(
      `SELECT organization_id, subject, actor, details ->> 'surface' AS surface FROM tenancy.audit_entries
        WHERE action = 'credential.revoked' ORDER BY id`,
    );
    expect(told.rows).toEqual(
      rows.map(({ id }, index) => ({
        organization_id: client.tenant.id,
        subject: `credential:${id}`,
        actor: expect.stringMatching(/^credential:\d+$/),
        surface: ['polls', 'training'][index],
      })),
    );
    expect(
      (await app.open.pool.query('SELECT FROM tenancy.credentials WHERE id = $1', [rows[0]?.id])).rowCount,
    ).toBe(0);
  });

  it('keep their credentials, and nothing is told, when something refers to them', async () => {
    await post('/events', aPoll());
    const count = async (table: string): Promise<unknown> =>
      (await app.open.pool.query(`SELECT count(*) FROM ${table}`)).rows[0];
    await memberKey();
    const before = [await count('tenancy.credentials'), await count('tenancy.audit_entries')];
    expect((await client(`/users/${client.pollsId}`, { method: 'DELETE' })).status).toBe(409);
    expect([await count('tenancy.credentials'), await count('tenancy.audit_entries')]).toEqual(before);
  });

  it('are written by administrators only, and read by everybody', async () => {
    const headers = { authorization: await memberKey() };
    const { _id } = (await post('/users', { emails: [anAddress()] })).json;
    expect((await client(`/users/${_id}`, { headers })).status).toBe(200);
    const calls: [string, string, unknown?][] = [
      ['POST', '', { emails: 7 }],
      ['POST', '', { emails: [anAddress()] }],
      ['PUT', `/${_id}`, { full_name: 'x' }],
      ['PUT', '/batch', [{ _id, full_name: 'x' }]],
      ['DELETE', `/${_id}`],
    ];
    for (const [method, path, body] of calls) {
      const { status } = await client(`/users${path}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
      });
      expect([method, path, status]).toEqual([method, path, 403]);
    }
    const other = await givenPollsClient(app);
    const { status } = await other(`/users/${_id}`, { method: 'PUT', body: { full_name: 7 } });
    expect(status).toBe(404);
    const foreign = { organization: (await other('/auth/test')).json._id, user: { emails: [anAddress()] } };
    expect((await post('/users', foreign)).status).toBe(403);
  });

  it('do not delete themselves', async () => {
    await app.open.pool.query('UPDATE tenancy.members SET is_admin = true WHERE id = $1', [
      client.tenant.member.id,
    ]);
    const headers = { authorization: await memberKey() };
    const { status, json } = await client(`/users/${client.pollsId}`, { method: 'DELETE', headers });
    expect([status, json.message]).toEqual([409, expect.stringContaining('themselves')]);
  });

  it('cost a read one statement', async () => {
    // Members that changed a moment ago make the service read credentials again.
    await until(async () => {
      const before = app.open.database.statementCount;
      await client('/users');
      await client(`/users/${client.pollsId}`);
      return app.open.database.statementCount - before === 2;
    });
  });
});

describe('the hook user.joined', () => {
  it('is told of every new member, by whatever way', async () => {
    const hook = (await post('/hooks', { action: 'user.joined', target_url: 'http://127.0.0.1:9/joined' }))
      .json;
    const { json } = await post('/users', { emails: [anAddress()], full_name: 'New' });
    const { rows } = await app.open.pool.query<{ polls_id: string }>(
      `INSERT INTO tenancy.members (organization_id, training_id, polls_id, email, created_at)
       VALUES ($1, 'joined-17-letters', '0123456789abcdef01234567', 'elsewhere@users.example.org', now())
       RETURNING polls_id`,
      [client.tenant.id],
    );
    const told = async (): Promise<Json[]> =>
      (
        await app.open.pool.query<{ payload: Json }>(
          `SELECT payload FROM outbox.deliveries WHERE kind = 'polls.hook' AND target = $1`,
          [hook._id],
        )
      ).rows.map(({ payload }) => payload);
    await until(async () => (await told()).length === 2);
    const payloads = await told();
    const { _id: organization } = (await client('/auth/test')).json;
    expect(payloads).toContainEqual({ action: 'user.joined', resource: json, organization });
    expect(payloads.map(({ resource }) => resource._id)).toContain(rows[0]?.polls_id);
  });
});
