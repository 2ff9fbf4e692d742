import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';
import { signed } from '../support/realms.js';

interface Entry {
  readonly id: string;
  readonly action: string;
  readonly actor: string | null;
  readonly subject: string | null;
  readonly outcome: string;
  readonly attempts: number;
  readonly details: Record<string, unknown>;
}

const FORM = {
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'text/html',
  origin: 'https://quintet.test',
};

describe('the audit log', () => {
  let app: TestApp;
  let admin: AdminClient;
  let organization: AdminClient & { readonly id: number };
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quintet-audit-'));
    app = await bootApp({ environment: { AUDIT_LOG: join(folder, 'audit.jsonl') } });
    admin = adminClient(app);
    organization = await givenOrganization(admin, { name: 'Watched' });
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  const entries = async (query = ''): Promise<Entry[]> =>
    (await admin(`/audit-entries?limit=1000${query}`)).json.data;
  const ofOrganization = (query = ''): Promise<Entry[]> =>
    entries(`&organization_id=${organization.id}${query}`);
  const post = (path: string, body: string, cookie = ''): Promise<Answer> =>
    call(`${app.url}${path}`, { method: 'POST', body, headers: { ...FORM, cookie } });

  it('tells of every call of the admin API: who, what, to whom, how it ended', async () => {
    const { headers } = await organization('/members', { body: { email: 'ada@example.org' } });
    await organization('/members', { body: { email: 'no address' } });
    await organization('/members/999999');
    const [missing, refused, made] = await ofOrganization('&action=admin.called');
    const path = `/admin/v1/organizations/${organization.id}/members`;
    expect(made).toMatchObject({
      actor: 'admin:ADMIN_TOKEN',
      address: '127.0.0.1',
      organization_id: organization.id,
      subject: path,
      outcome: 'done',
      attempts: 1,
      details: { method: 'POST', id: expect.any(Number) },
      request_id: headers.get('x-request-id'),
    });
    expect(refused).toMatchObject({ subject: path, outcome: 'invalid', details: { method: 'POST' } });
    expect(missing).toMatchObject({ subject: `${path}/999999`, outcome: 'not-found' });
  });

  it('tells of credentials that are made, shown, changed and revoked, and nothing of their secrets', async () => {
    const { json } = await organization('/credentials', { body: { surface: 'training', label: 'sync' } });
    const item = `/credentials/${json.id}`;
    await organization(item);
    await organization(item, { method: 'PATCH', body: { label: 'nightly sync' } });
    await organization(item, { method: 'DELETE' });
    const told = await ofOrganization(`&subject=credential:${json.id}`);
    expect(told.map(({ action, details }) => [action, details.label])).toEqual([
      ['credential.revoked', 'nightly sync'],
      ['credential.changed', 'nightly sync'],
      ['credential.shown', 'sync'],
      ['credential.created', 'sync'],
    ]);
    expect(told.every(({ actor }) => actor === 'admin:ADMIN_TOKEN')).toBe(true);
    const key = String(json.authorization).split(':')[1] ?? '';
    const { rows } = await app.open.pool.query('SELECT * FROM tenancy.audit_entries');
    expect(JSON.stringify(rows)).not.toContain(key.slice(0, 10));
  });

  it('tells of credentials that go with their member or organization', async () => {
    const gone = await givenOrganization(admin, { name: 'Gone' });
    const { json: member } = await gone('/members', { body: { email: 'eve@example.org' } });
    const bound = await gone('/credentials', { body: { surface: 'polls', member: 'eve@example.org' } });
    const own = await gone('/credentials', { body: { surface: 'spaces' } });
    expect((await gone(`/members/${member.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await gone('', { method: 'DELETE' })).status).toBe(204);
    const revoked = await entries(`&organization_id=${gone.id}&action=credential.revoked`);
    expect(revoked.map(({ subject }) => subject)).toEqual([
      `credential:${own.json.id}`,
      `credential:${bound.json.id}`,
    ]);
    expect(
      (await app.open.pool.query('SELECT FROM tenancy.members WHERE id = $1', [member.id])).rowCount,
    ).toBe(0);
  });

  it('tells of the first use of a credential once, and its row when it was last used', async () => {
    const { json } = await organization('/credentials', { body: { surface: 'training' } });
    expect(json.last_used_at).toBeNull();
    const before = Date.now();
    for (let request = 0; request < 3; request++)
      await call(`${app.url}/api/v1/classes`, { headers: { authorization: json.authorization } });
    const firstUses = (): Promise<Entry[]> =>
      ofOrganization(`&action=credential.first_used&actor=credential:${json.id}`);
    await eventually(async () => expect(await firstUses()).toHaveLength(1));
    const shown = (await organization(`/credentials/${json.id}`)).json;
    expect(Math.abs(Date.parse(shown.last_used_at) - before)).toBeLessThan(5000);

    const second = await bootApp({ databaseUrl: app.databaseUrl });
    await call(`${second.url}/api/v1/classes`, { headers: { authorization: json.authorization } });
    await second.close();
    expect(await firstUses()).toHaveLength(1);
    const later = (await organization(`/credentials/${json.id}`)).json;
    expect(Date.parse(later.last_used_at)).toBeGreaterThan(Date.parse(shown.last_used_at));
  });

  it('counts wrong credentials and links: one entry for an address, what they were for, and a minute', async () => {
    const second = await bootApp({ databaseUrl: app.databaseUrl });
    for (let guess = 0; guess < 20; guess++)
      await call(`${second.url}/api/v1/classes`, { headers: { authorization: `Bearer 1:guess${guess}` } });
    for (let guess = 0; guess < 3; guess++)
      await call(`${second.url}/admin/v1/organizations`, {
        headers: { authorization: `Bearer guess${guess}` },
      });
    await call(`${second.url}/sign-in`, { method: 'POST', body: `token=${'x'.repeat(43)}`, headers: FORM });
    await second.close();
    const counted = [
      ...(await entries('&action=credential.refused')),
      ...(await entries('&action=link.refused')),
    ];
    expect(
      counted.map(({ subject, attempts, outcome, actor }) => [subject, attempts, outcome, actor]).sort(),
    ).toEqual([
      [null, 1, 'unauthenticated', null],
      ['admin', 3, 'unauthenticated', null],
      ['training', 20, 'unauthenticated', null],
    ]);
    expect(JSON.stringify(counted)).not.toContain('guess');
  });

  it('tells of sign-ins and of the three legs of a consent', async () => {
    const { json: member } = await organization('/members', { body: { email: 'grace@example.org' } });
    const { json: link } = await organization(`/members/${member.id}/sign-in`, { method: 'POST' });
    const token = new URL(link.url).searchParams.get('token');
    const session = await post('/sign-in', `token=${token}`);
    const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const { json: key } = await organization('/credentials', {
      body: { surface: 'realms', verifier: 'optional' },
    });
    const consumer = { consumerKey: key.consumer_key, consumerSecret: key.consumer_secret };
    const leg = async (
      path: string,
      by?: { key: string; secret: string },
    ): Promise<{ key: string; secret: string }> => {
      const url = `${app.url}/v1/oauth/${path}`;
      const form = new URLSearchParams(
        (await call(url, { headers: { authorization: signed(consumer, url, 'GET', by) } })).text,
      );
      return { key: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' };
    };
    const answer = async (requested: string, word: string): Promise<void> => {
      const page = await call(`${app.url}/oauth/authorize?oauth_token=${requested}`, { headers: { cookie } });
      const proof = /name="proof" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
      await post(
        '/oauth/authorize',
        new URLSearchParams({ oauth_token: requested, proof, answer: word }).toString(),
        cookie,
      );
    };
    const agreed = await leg('request_token');
    await answer(agreed.key, 'allow');
    expect((await leg('access_token', agreed)).key).not.toBe('');
    await answer((await leg('request_token')).key, 'deny');
    await post('/sign-out', '', cookie);

    const told = (await ofOrganization()).filter(({ action }) => /^(link|session|consent)\./.test(action));
    const [credential, person] = [`credential:${key.id}`, `member:${member.id}`];
    expect(told.map(({ action, actor, subject }) => [action, actor, subject]).reverse()).toEqual([
      ['link.created', 'admin:ADMIN_TOKEN', person],
      ['session.opened', person, null],
      ['consent.requested', credential, credential],
      ['consent.given', person, credential],
      ['consent.redeemed', credential, credential],
      ['consent.requested', credential, credential],
      ['consent.refused', person, credential],
      ['session.ended', person, null],
    ]);
    const { rows } = await app.open.pool.query('SELECT * FROM tenancy.audit_entries');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(agreed.key);
  });

  it('is read page by page, while it grows', async () => {
    const paged = await givenOrganization(admin, { name: 'Paged' });
    for (let n = 0; n < 5; n++) await paged('/members');
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const before = next === '' ? '' : `&before=${next}`;
      const { json } = await admin(`/audit-entries?organization_id=${paged.id}&limit=2${before}`);
      seen.push(...json.data.map(({ id }: Entry) => id));
      next = json.next;
      await paged('/members');
    }
    expect(seen).toHaveLength(5);
    expect([...seen].sort((a, b) => Number(b) - Number(a))).toEqual(seen);
  });

  it('is searched by what an entry holds, and tells all faults of a question at once', async () => {
    const since = new Date().toISOString();
    await organization('/members/999998');
    const found = async (query: string): Promise<number> => (await ofOrganization(query)).length;
    expect(await found(`&since=${since}`)).toBe(1);
    expect(await found(`&until=${since}&since=${since}`)).toBe(0);
    expect(await found('&outcome=not-found&address=127.0.0.1')).toBeGreaterThan(0);
    expect(await found('&outcome=not-found&address=192.0.2.1')).toBe(0);
    const { status, json } = await admin(
      '/audit-entries?action=fly&before=x&since=never&organization_id=99999999999',
    );
    expect([status, json.errors.map(({ field }: { field: string }) => field).sort()]).toEqual([
      422,
      ['action', 'before', 'since'],
    ]);
    expect((await admin('/audit-entries?organization_id=99999999999')).json.data).toEqual([]);
  });

  it('is never changed, and not deleted before its time, whoever asks the database', async () => {
    const { pool } = app.open;
    const before = await pool.query('SELECT count(*) FROM tenancy.audit_entries');
    for (const sql of [
      `UPDATE tenancy.audit_entries SET actor = 'nobody'`,
      'DELETE FROM tenancy.audit_entries',
      'TRUNCATE tenancy.audit_entries',
    ])
      await expect(pool.query(sql)).rejects.toThrow('append-only');
    expect((await pool.query('SELECT count(*) FROM tenancy.audit_entries')).rows).toEqual(before.rows);
  });

  it('is kept as long as the setting says', async () => {
    const { pool } = app.open;
    for (const days of [39, 41])
      await pool.query(
        `INSERT INTO tenancy.audit_entries (at, action, subject, outcome)
         VALUES (now() - $1 * interval '1 day', 'admin.called', $1::text, 'done')`,
        [days],
      );
    const second = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { AUDIT_RETENTION_DAYS: '40' },
    });
    try {
      await eventually(async () => expect(await entries('&subject=41')).toEqual([]));
      expect(await entries('&subject=39')).toHaveLength(1);
    } finally {
      await second.close();
    }
  });

  it('is written as JSON lines to a file that its owner alone reads', async () => {
    await organization('/members/999997');
    const lines = readFileSync(join(folder, 'audit.jsonl'), 'utf8').trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as Entry;
    expect(last).toMatchObject({
      log: 'audit',
      action: 'admin.called',
      actor: 'admin:ADMIN_TOKEN',
      outcome: 'not-found',
    });
    expect((await entries(`&before=${Number(last.id) + 1}`))[0]?.id).toBe(last.id);
    expect(statSync(join(folder, 'audit.jsonl')).mode & 0o777).toBe(0o600);
  });
});

/** Tries again until it holds: entries gathered in memory are written within a second or so. */
async function eventually(holds: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 8000;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}
