import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CredentialsRepository } from '../../src/auth/credentials/credentials.repository.js';
import { Verifier } from '../../src/auth/credentials/verifier.js';
import { Encryption } from '../../src/auth/encryption.js';
import { SURFACE_NAMES } from '../../src/core/surface-name.js';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { whileDeleting } from '../support/deletion.js';
import { call } from '../support/http.js';
import { givenConsumer, realmsClient } from '../support/realms.js';
import { givenKey, givenTenant } from '../support/tenant.js';

const WITHIN_MS = 1000;

describe('credentials', () => {
  let app: TestApp;
  let admin: AdminClient;
  let organization: AdminClient & { readonly id: number };

  beforeAll(async () => {
    app = await bootApp();
    admin = adminClient(app);
    organization = await givenOrganization(admin, { name: 'Keys' });
    await organization('/members', { body: { email: 'ada@example.org' } });
  });
  afterAll(() => app.close());

  it('are spelt as the clients of each product send them', async () => {
    const secrets: Record<string, Record<string, unknown>> = {};
    for (const surface of SURFACE_NAMES) {
      const { status, json } = await organization('/credentials', { body: { surface } });
      expect(status).toBe(201);
      secrets[surface] = json;
    }
    expect(secrets.training?.authorization).toMatch(
      new RegExp(`^Bearer ${organization.id}:qnt_training_[0-9A-Za-z]{49}$`),
    );
    expect(secrets.spaces?.authorization).toMatch(/^Access-Token qnt_spaces_[0-9A-Za-z]{49}$/);
    expect(secrets.polls?.authorization).toMatch(/^qntpolls[0-9a-z]{42}$/);
    expect(secrets.companies?.authorization).toMatch(/^Bearer qnt_companies_[0-9A-Za-z]{49}$/);
    expect(secrets.realms).toMatchObject({
      consumer_key: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
      consumer_secret: expect.stringMatching(/^qnt_realms_[0-9A-Za-z]{49}$/),
    });
    expect(secrets.realms).not.toHaveProperty('authorization');
  });

  it('tell their secret once, and leave nothing of it in the database or the log', async () => {
    for (const surface of SURFACE_NAMES) {
      const { json: made } = await organization('/credentials', { body: { surface } });
      const secret = String(made.consumer_secret ?? made.authorization)
        .split(/[ :]/)
        .at(-1);
      const answers = [
        await organization(`/credentials/${made.id}`),
        await organization('/credentials?per_page=200'),
        await organization(`/credentials/${made.id}`, { method: 'PATCH', body: { label: 'x' } }),
      ];
      for (const { text } of answers) {
        expect(text).not.toContain(secret);
        expect(text).not.toMatch(/authorization|consumer|sha256|sealed|lookup/);
      }
      const { rows } = await app.open.pool.query<{ row: string }>(
        `SELECT c::text || encode(coalesce(secret_sha256, ''), 'escape') AS row FROM tenancy.credentials c WHERE id = $1`,
        [made.id],
      );
      expect(rows[0]?.row).not.toContain(secret);
      expect(JSON.stringify(app.log)).not.toContain(secret);
    }
  });

  it('keep the secret of a realms consumer sealed, bound to its key', async () => {
    const { json } = await organization('/credentials', { body: { surface: 'realms' } });
    const row = await app.app.get(CredentialsRepository).findByLookup('realms', json.consumer_key);
    const encryption = app.app.get(Encryption);
    expect(row?.secret_sha256).toBeNull();
    expect(encryption.decrypt(row?.sealed_secret ?? '', `credential ${json.consumer_key}`)).toBe(
      json.consumer_secret,
    );
    expect(() => encryption.decrypt(row?.sealed_secret ?? '', 'credential other')).toThrow();
  });

  it('know the scopes of their product', async () => {
    const scopes = ['events:read', 'events:create', 'events:update', 'companies:read', 'user:read'];
    const companies = await organization('/credentials', { body: { surface: 'companies', scopes } });
    expect([companies.status, companies.json.scopes]).toEqual([201, scopes]);
    const unknown = await organization('/credentials', {
      body: { surface: 'companies', scopes: ['events:delete'], label: 7 },
    });
    expect(unknown.status).toBe(422);
    expect(unknown.json.errors.map((fault: { field: string }) => fault.field).sort()).toEqual([
      'label',
      'scopes',
    ]);
    const item = `/credentials/${companies.json.id}`;
    const widened = await organization(item, { method: 'PATCH', body: { scopes: ['admin'] } });
    expect([widened.status, widened.json.errors[0].field]).toEqual([422, 'scopes']);
    const polls = await organization('/credentials', { body: { surface: 'polls', scopes: ['admin'] } });
    expect([polls.status, polls.json.errors[0].field]).toEqual([422, 'scopes']);
    const readOnly = await organization('/credentials', { body: { surface: 'polls', scopes: ['read'] } });
    expect([readOnly.status, readOnly.json.scopes]).toEqual([201, ['read']]);
  });

  it('of realms say where members may be sent back to, and whether a verifier is asked for', async () => {
    const plain = await organization('/credentials', { body: { surface: 'realms' } });
    expect(plain.json).toMatchObject({ callback_hosts: [], verifier: 'required' });
    const made = await organization('/credentials', {
      body: {
        surface: 'realms',
        callback_hosts: ['App.example.org', 'localhost:5173', 'app.example.org'],
        verifier: 'optional',
      },
    });
    const said = { callback_hosts: ['app.example.org', 'localhost:5173'], verifier: 'optional' };
    expect([made.status, made.json]).toEqual([201, expect.objectContaining(said)]);
    const item = `/credentials/${made.json.id}`;
    expect((await organization(item)).json).toMatchObject(said);
    const { json: list } = await organization('/credentials?per_page=200');
    expect(list.data.find(({ id }: { id: number }) => id === made.json.id)).toMatchObject(said);

    const change = (body: object, path = item): Promise<{ status: number; json: Record<string, unknown> }> =>
      organization(path, { method: 'PATCH', body });
    const moved = await change({ callback_hosts: ['[::1]:80'] });
    expect(moved.json).toMatchObject({ ...said, callback_hosts: ['[::1]:80'] });
    expect((await change({ label: 'x' })).json).toMatchObject({ callback_hosts: ['[::1]:80'] });
    expect((await change({ callback_hosts: null })).json).toMatchObject({ ...said, callback_hosts: [] });
  });

  it('of other products have neither, and are told so with all else that is wrong', async () => {
    const faultsOf = ({ status, json }: { status: number; json: Record<string, unknown> }): unknown => [
      status,
      (json.errors as { field: string }[]).map(({ field }) => field).sort(),
    ];
    for (const surface of SURFACE_NAMES.filter((name) => name !== 'realms')) {
      const body = { surface, callback_hosts: [], verifier: 'required', label: 7 };
      const refused = await organization('/credentials', { body });
      expect(faultsOf(refused)).toEqual([422, ['callback_hosts', 'label', 'verifier']]);
      const { json } = await organization('/credentials', {
        body: { surface, callback_hosts: null, verifier: null },
      });
      expect(json).not.toHaveProperty('callback_hosts');
      expect(json).not.toHaveProperty('verifier');
    }
    // A surface that is none is that field's fault alone.
    const nowhere = { surface: 'nowhere', callback_hosts: [], verifier: 'required' };
    expect(faultsOf(await organization('/credentials', { body: nowhere }))).toEqual([422, ['surface']]);
    const { json } = await organization('/credentials', { body: { surface: 'companies' } });
    const widened = await organization(`/credentials/${json.id}`, {
      method: 'PATCH',
      body: { scopes: ['admin'], callback_hosts: ['app.example.org'] },
    });
    expect(faultsOf(widened)).toEqual([422, ['callback_hosts', 'scopes']]);
  });

  it.each([
    [['https://app.example.org']],
    [['app.example.org/back']],
    [['*.example.org']],
    [['a;script-src *']],
    [["'self'"]],
    [['']],
    [[7]],
    ['app.example.org'],
    [Array(51).fill('app.example.org')],
  ])('register no callback host %.40j', async (callback_hosts) => {
    const answer = await organization('/credentials', {
      body: { surface: 'realms', callback_hosts, verifier: 'never' },
    });
    expect(answer.status).toBe(422);
    expect(answer.json.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'callback_hosts',
      'verifier',
    ]);
  });

  it('are not made for a member who is deleted at the same moment', async () => {
    const { json: member } = await organization('/members', { body: { email: 'goes@example.org' } });
    const answer = await whileDeleting(app, 'DELETE FROM tenancy.members WHERE id = $1', member.id, () =>
      organization('/credentials', { body: { surface: 'realms', member: 'goes@example.org' } }),
    );
    expect([answer.status, answer.json.errors[0].field]).toEqual([422, 'member']);
  });

  it('open their surface, as the member whom they are bound to', async () => {
    const { json } = await organization('/credentials', {
      body: { surface: 'training', member: 'ada@example.org', envelope: true },
    });
    const { authorization } = json;
    const answer = await call(`${app.url}/api/v1/members`, { headers: { authorization } });
    expect([answer.status, answer.json.result]).toEqual([200, 'success']);
  });

  it('are refused once expired', async () => {
    const { json } = await organization('/credentials', { body: { surface: 'training' } });
    const { id, authorization } = json;
    const ask = (): Promise<{ status: number }> =>
      call(`${app.url}/api/v1/classes`, { headers: { authorization } });
    expect((await ask()).status).toBe(200);
    await organization(`/credentials/${id}`, {
      method: 'PATCH',
      body: { expires_at: '2020-01-01T00:00:00Z' },
    });
    await eventually(async () => expect((await ask()).status).toBe(401));
  });

  it('are refused by every process within a second of their revocation', async () => {
    const second = await bootApp({ databaseUrl: app.databaseUrl });
    try {
      const { json } = await organization('/credentials', { body: { surface: 'training' } });
      const ask = ({ url }: TestApp): Promise<{ status: number }> =>
        call(`${url}/api/v1/classes`, { headers: { authorization: json.authorization } });
      // Both know the credential by heart now.
      for (const process of [app, second, app, second]) expect((await ask(process)).status).toBe(200);
      const revoked = await organization(`/credentials/${json.id}`, { method: 'DELETE' });
      expect(revoked.status).toBe(204);
      await eventually(async () => {
        expect((await ask(app)).status).toBe(401);
        expect((await ask(second)).status).toBe(401);
      });
      // And it stays so.
      expect((await ask(second)).status).toBe(401);
    } finally {
      await second.close();
    }
  });

  it('see on every process within a second that their member is an administrator, or no longer', async () => {
    const second = await bootApp({ databaseUrl: app.databaseUrl });
    try {
      const { json: member } = await organization('/members', { body: { email: 'grace@example.org' } });
      const { json } = await organization('/credentials', {
        body: { surface: 'spaces', member: 'grace@example.org' },
      });
      const key = String(json.authorization).split(' ')[1] ?? '';
      const isAdmin = async (process: TestApp): Promise<boolean | undefined> =>
        (await process.app.get(Verifier).verifyKey('spaces', { key }, () => undefined))?.isAdmin;
      for (const expected of [false, true, false]) {
        await organization(`/members/${member.id}`, { method: 'PATCH', body: { is_admin: expected } });
        await eventually(async () => {
          expect([await isAdmin(app), await isAdmin(second)]).toEqual([expected, expected]);
        });
      }
      await organization(`/members/${member.id}`, { method: 'DELETE' });
      await eventually(async () => expect(await isAdmin(second)).toBeUndefined());
    } finally {
      await second.close();
    }
  });

  it('with a wrong checksum are refused without a look-up; those from before there were any are looked up', async () => {
    const statements = async (authorization: string): Promise<number> => {
      const before = app.open.database.statementCount;
      const { status } = await call(`${app.url}/api/v1/classes`, { headers: { authorization } });
      expect(status).toBe(401);
      return app.open.database.statementCount - before;
    };
    const { json } = await organization('/credentials', { body: { surface: 'training' } });
    const last = String(json.authorization).slice(-1);
    expect(await statements(String(json.authorization).slice(0, -1) + (last === 'x' ? 'y' : 'x'))).toBe(0);
    expect(await statements(`Bearer ${organization.id}:${'x'.repeat(43)}`)).toBe(1);
    const tenant = await givenTenant(app);
    const old = await givenKey(app, tenant);
    expect(old).toMatch(/^[0-9A-Za-z]{43}$/);
    const authorization = `Bearer ${tenant.id}:${old}`;
    expect((await call(`${app.url}/api/v1/classes`, { headers: { authorization } })).status).toBe(200);
  });

  describe('that are rotated', () => {
    const ask = async (authorization: string): Promise<number> =>
      (await call(`${app.url}/api/v1/classes`, { headers: { authorization } })).status;

    it('have a successor with the same rights, and are accepted until the overlap is over', async () => {
      const made = {
        surface: 'training',
        member: 'ada@example.org',
        scopes: ['read'],
        label: 'sync',
        envelope: true,
        expires_at: new Date(Date.now() + 90 * 86_400_000).toISOString(),
      };
      const { json: old } = await organization('/credentials', { body: made });
      const rotated = await organization(`/credentials/${old.id}/rotate`, { body: { overlap_seconds: 2 } });
      expect(rotated.status).toBe(201);
      const { expires_at, ...rights } = made;
      expect(rotated.json).toMatchObject({ ...rights, successor_id: null, last_used_at: null });
      expect(Math.abs(Date.parse(rotated.json.expires_at) - Date.parse(expires_at))).toBeLessThan(60_000);
      expect(rotated.json.id).not.toBe(old.id);
      expect((await organization(`/credentials/${old.id}`)).json.successor_id).toBe(rotated.json.id);
      expect([await ask(old.authorization), await ask(rotated.json.authorization)]).toEqual([200, 200]);
      await eventually(async () => expect(await ask(old.authorization)).toBe(401), 6000);
      expect(await ask(rotated.json.authorization)).toBe(200);
    });

    it('at once are refused at once, and no expiry is moved to later', async () => {
      const soon = new Date(Date.now() + 60_000).toISOString();
      const { json: old } = await organization('/credentials', {
        body: { surface: 'polls', expires_at: soon },
      });
      await organization(`/credentials/${old.id}/rotate`, { body: {} });
      expect((await organization(`/credentials/${old.id}`)).json.expires_at).toBe(soon);
      const { json: other } = await organization('/credentials', { body: { surface: 'training' } });
      expect(await ask(other.authorization)).toBe(200);
      const { json: successor } = await organization(`/credentials/${other.id}/rotate`, {
        body: { overlap_seconds: 0 },
      });
      expect(successor.expires_at).toBeNull();
      await eventually(async () => expect(await ask(other.authorization)).toBe(401));
    });

    it('by two at the same moment have one successor', async () => {
      const { json: old } = await organization('/credentials', { body: { surface: 'spaces' } });
      const both = await Promise.all(
        [1, 2].map(() => organization(`/credentials/${old.id}/rotate`, { method: 'POST' })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      const refused = await organization('/credentials/999999/rotate', { body: { overlap_seconds: -1 } });
      expect(refused.status).toBe(404);
      const faulty = await organization(`/credentials/${old.id}/rotate`, { body: { overlap_seconds: -1 } });
      expect([faulty.status, faulty.json.errors[0].field]).toEqual([422, 'overlap_seconds']);
    });

    it('keep the access tokens of members, through several rotations', async () => {
      const tenant = await givenTenant(app);
      const consumer = await givenConsumer(app, tenant);
      const ours: AdminClient = (path, request) => admin(`/organizations/${tenant.id}${path}`, request);
      const token = { key: 'thetoken', secret: 'its secret' };
      const { json: list } = await ours('/credentials');
      await app.open.pool.query(
        `INSERT INTO tenancy.oauth_tokens (organization_id, token, credential_id, kind, sealed_secret, member_id, created_at)
         VALUES ($1, $2, $3, 'access', $4, $5, now())`,
        [
          tenant.id,
          token.key,
          list.data[0].id,
          app.app.get(Encryption).encrypt(token.secret, `oauth token ${token.key}`),
          tenant.member.id,
        ],
      );
      const { json: second } = await ours(`/credentials/${list.data[0].id}/rotate`, { method: 'POST' });
      const { json: third } = await ours(`/credentials/${second.id}/rotate`, { method: 'POST' });
      const consumers = [
        consumer,
        ...[second, third].map(({ consumer_key: consumerKey, consumer_secret: consumerSecret }) => ({
          consumerKey,
          consumerSecret,
        })),
      ];
      const answers = [];
      for (const one of consumers) answers.push((await realmsClient(app, one, token)('/users/me')).status);
      expect(answers).toEqual([200, 200, 200]);
    });
  });

  it('expire as the setting says when they are made without an expiry', async () => {
    const second = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { CREDENTIAL_LIFETIME_DAYS: '90' },
    });
    try {
      const client = adminClient(second);
      const path = `/organizations/${organization.id}/credentials`;
      const { json } = await client(path, { body: { surface: 'polls' } });
      expect((Date.parse(json.expires_at) - Date.parse(json.created_at)) / 86_400_000).toBe(90);
      const given = '2031-01-01T00:00:00.000Z';
      expect((await client(path, { body: { surface: 'polls', expires_at: given } })).json.expires_at).toBe(
        given,
      );
      const cleared = await client(`${path}/${json.id}`, { method: 'PATCH', body: { expires_at: null } });
      expect(cleared.json.expires_at).toBeNull();
    } finally {
      await second.close();
    }
  });

  it('follow their organization when its slug changes', async () => {
    const renamed = await givenOrganization(admin, { name: 'Old Name' });
    const { json } = await renamed('/credentials', { body: { surface: 'training' } });
    const key = String(json.authorization).split(':')[1] ?? '';
    const ask = (name: string): Promise<{ status: number }> =>
      call(`${app.url}/api/v1/classes`, { headers: { authorization: `Bearer ${name}:${key}` } });
    expect((await ask('old-name')).status).toBe(200);
    await renamed('', { method: 'PATCH', body: { slug: 'new-name' } });
    await eventually(async () => expect((await ask('new-name')).status).toBe(200));
    expect((await ask('old-name')).status).toBe(401);
  });
});

/** Tries again until it holds, for as long as a change may take to reach every process. */
async function eventually(holds: () => Promise<void>, milliseconds = WITHIN_MS): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      // A cache answers without leaving the turn, and what is waited for comes in another one.
      await setTimeout(10);
    }
  }
}
