import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer } from '../support/http.js';

const PUBLIC_URL = 'https://quintet.test';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const OURS = { ...FORM, origin: PUBLIC_URL };

describe('sign-in links', () => {
  let app: TestApp;
  let organization: AdminClient;
  let memberId: number;

  beforeAll(async () => {
    app = await bootApp();
    organization = await givenOrganization(adminClient(app), { name: 'Mills <Ltd>' });
    const member = { email: 'ada@example.org', name: 'Ada "the first" Lovelace' };
    memberId = (await organization('/members', { body: member })).json.id;
  });
  afterAll(() => app.close());

  /** A fresh link: its token, and its path on this server. */
  const givenLink = async (): Promise<{ token: string; path: string }> => {
    const { json } = await organization(`/members/${memberId}/sign-in`, { method: 'POST' });
    const { search, pathname, searchParams } = new URL(json.url);
    return { token: searchParams.get('token') ?? '', path: `${app.url}${pathname}${search}` };
  };

  const post = (path: string, body: string, headers: Record<string, string> = OURS): Promise<Answer> =>
    call(`${app.url}${path}`, { method: 'POST', body, headers });

  const cookieOf = ({ headers }: Answer): string => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';

  it('are made for a member, for a quarter of an hour', async () => {
    const before = Date.now();
    const { status, json } = await organization(`/members/${memberId}/sign-in`, { method: 'POST', body: {} });
    expect(status).toBe(201);
    expect(json.url).toMatch(/^https:\/\/quintet\.test\/sign-in\?token=[0-9A-Za-z]{43}$/);
    const minutes = (Date.parse(json.expires_at) - before) / 60_000;
    expect(minutes).toBeGreaterThan(14.9);
    expect(minutes).toBeLessThan(15.5);
    expect((await organization('/members/999999/sign-in', { method: 'POST' })).status).toBe(404);
  });

  it('show a button, and are not spent by looking', async () => {
    const { path, token } = await givenLink();
    for (let look = 0; look < 3; look++) {
      const page = await call(path, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.headers.get('set-cookie')).toBeNull();
      expect(page.text).toContain(`value="${token}"`);
      expect(page.text).toContain('<button type="submit">');
    }
  });

  it('open a session that knows who it is, until it is signed out', async () => {
    const { token } = await givenLink();
    const signedIn = await post('/sign-in', `token=${token}`);
    expect(signedIn.status).toBe(200);
    expect(signedIn.text).toContain('Ada &#34;the first&#34; Lovelace');
    expect(signedIn.text).toContain('Mills &#60;Ltd&#62;');
    expect(signedIn.headers.get('set-cookie')).toMatch(
      /^__Host-quintet_session=[0-9A-Za-z]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );

    const cookie = cookieOf(signedIn);
    const shown = await call(`${app.url}/sign-in`, { headers: { cookie: `other=1; ${cookie}` } });
    expect([shown.status, shown.text.includes('ada@example.org')]).toEqual([200, true]);

    const signedOut = await post('/sign-out', '', { ...OURS, cookie });
    expect(signedOut.status).toBe(200);
    expect(signedOut.headers.get('set-cookie')).toMatch(/^__Host-quintet_session=; Max-Age=0;/);
    expect((await call(`${app.url}/sign-in`, { headers: { cookie } })).status).toBe(404);
  });

  it('work once, whoever of twenty comes first', async () => {
    const { token, path } = await givenLink();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/sign-in', `token=${token}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(410)]);
    expect(answers.filter(({ headers }) => headers.has('set-cookie'))).toHaveLength(1);
    expect((await call(path)).status).toBe(410);
    expect((await post('/sign-in', `token=${token}`)).text).toContain('This link is spent');
  });

  it('that are unknown or over say so', async () => {
    for (const body of [`token=${'x'.repeat(43)}`, 'token=short', '', 'token=%00', `{"token":7}`]) {
      expect([body, (await post('/sign-in', body)).status]).toEqual([body, 410]);
    }
    const { token, path } = await givenLink();
    await app.open.pool.query(`UPDATE tenancy.sign_in_links SET expires_at = now() - interval '1 second'`);
    expect((await call(path)).status).toBe(410);
    expect((await post('/sign-in', `token=${token}`)).status).toBe(410);
  });

  it('are not spent by a form of another site', async () => {
    const { token } = await givenLink();
    const forged: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ];
    for (const headers of forged) {
      const answer = await post('/sign-in', `token=${token}`, { ...FORM, ...headers });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
      expect((await post('/sign-out', '', { ...FORM, ...headers })).status).toBe(403);
    }
    const own = { ...FORM, origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect((await post('/sign-in', `token=${token}`, own)).status).toBe(200);
  });

  it('end with their session: it is over after twelve hours, and when its member goes', async () => {
    const expired = cookieOf(await post('/sign-in', `token=${(await givenLink()).token}`));
    await app.open.pool.query(`UPDATE tenancy.browser_sessions SET expires_at = now() - interval '1 second'`);
    expect((await call(`${app.url}/sign-in`, { headers: { cookie: expired } })).status).toBe(404);

    const { json } = await organization('/members', { body: { email: 'leaver@example.org' } });
    const link = (await organization(`/members/${json.id}/sign-in`, { method: 'POST' })).json.url as string;
    const cookie = cookieOf(await post('/sign-in', new URL(link).search.slice(1)));
    await organization(`/members/${json.id}`, { method: 'DELETE' });
    expect((await call(`${app.url}/sign-in`, { headers: { cookie } })).status).toBe(404);
  });

  it('leave no token in the database or the log', async () => {
    const { token, path } = await givenLink();
    await call(path);
    const cookie = cookieOf(await post('/sign-in', `token=${token}`)).split('=')[1] ?? 'none';
    const { rows } = await app.open.pool.query(
      'SELECT l::text, s::text FROM tenancy.sign_in_links l FULL JOIN tenancy.browser_sessions s ON false',
    );
    const kept = JSON.stringify([rows, app.log]);
    expect(rows.length).toBeGreaterThan(0);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(cookie);
  });
});
