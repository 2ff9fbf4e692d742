import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/auth/bearer-key.js';
import { secretOf256Bits } from '../../../src/core/random-code.js';
import type { RealmsConsumer } from '../../../src/surfaces/realms/realms.credential.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { call, type Answer } from '../../support/http.js';
import {
  givenConsumer,
  givenMember,
  givenMemberClient,
  realmsClient,
  signed,
  type Token,
} from '../../support/realms.js';
import { givenTenant, type Tenant } from '../../support/tenant.js';

let app: TestApp;
let tenant: Tenant;
let consumer: RealmsConsumer;

beforeAll(async () => {
  app = await bootApp();
  tenant = await givenTenant(app);
  consumer = await givenConsumer(app, tenant);
});
afterAll(() => app.close());

/** A browser in which a member is signed in. */
async function signedIn(of: Tenant = tenant, memberId = of.member.id): Promise<string> {
  const token = secretOf256Bits();
  await app.open.pool.query(
    `INSERT INTO tenancy.browser_sessions (token_sha256, organization_id, member_id, expires_at)
     VALUES ($1, $2, $3, now() + interval '1 hour')`,
    [digestOf(token), of.id, memberId],
  );
  return `quintet_session=${token}`;
}

const leg = (
  path: string,
  token?: Token,
  by = consumer,
  data: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const url = `${app.url}/v1/oauth/${path}`;
  return call(url, { headers: { authorization: signed(by, url, 'GET', token, 'HMAC-SHA1', data) } });
};
const ask = (callback: string): Promise<Answer> =>
  leg('request_token', undefined, consumer, { oauth_callback: callback });
const exchange = (token: Token, verifier: string): Promise<Answer> =>
  leg('access_token', token, consumer, { oauth_verifier: verifier });
const tokenIn = (answer: Answer): Token => {
  const form = new URLSearchParams(answer.text);
  return { key: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' };
};
const requestToken = async (): Promise<Token> => tokenIn(await leg('request_token'));

const consent = (cookie: string, query: string): Promise<Answer> =>
  call(`${app.url}/oauth/authorize?${query}`, { headers: { cookie, accept: 'text/html' } });

const hidden = (page: Answer): Record<string, string> =>
  Object.fromEntries(
    [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
      name ?? '',
      (value ?? '').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    ]),
  );

const post = (
  cookie: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  call(`${app.url}/oauth/authorize`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
    body: new URLSearchParams(form).toString(),
  });

/** Goes through the consent page as a browser does. */
async function agree(
  cookie: string,
  token: Token,
  callback?: string,
  name = 'oauth_callback',
): Promise<Answer> {
  const more = callback === undefined ? '' : `&${name}=${encodeURIComponent(callback)}`;
  const page = await consent(cookie, `oauth_token=${token.key}${more}`);
  expect(page.status).toBe(200);
  return post(cookie, { ...hidden(page), answer: 'allow' });
}

const CALLBACK = 'https://app.example.org/back?state=1&x=a%20b';

describe('three legs', () => {
  it.each(['oauth_callback', 'return_url'])(
    'lead a client to act as the member, with %s on the page',
    async (name) => {
      const asked = await leg('request_token');
      expect([asked.status, asked.headers.get('content-type')]).toEqual([
        200,
        'application/x-www-form-urlencoded',
      ]);
      const request = tokenIn(asked);
      const cookie = await signedIn();
      const agreed = await agree(cookie, request, CALLBACK, name);
      expect(agreed.status).toBe(303);
      const back = new URL(agreed.headers.get('location') ?? '');
      expect(back.origin + back.pathname).toBe('https://app.example.org/back');
      expect(Object.fromEntries(back.searchParams)).toEqual({
        state: '1',
        x: 'a b',
        oauth_token: request.key,
        oauth_verifier: expect.any(String),
      });
      // A client of the older protocol sends no verifier.
      const access = tokenIn(await leg('access_token', request));
      const client = realmsClient(app, consumer, access);
      const created = await client('/users/me/events', {
        body: { title: 'Mine', start: '2030-01-01 10:00:00' },
      });
      expect(created.json).toMatchObject({ realm: 'user', user_id: tenant.member.id });
      // The member is no administrator, whatever the key alone may do.
      const other = await givenMember(app, tenant, `other-${name}@example.org`);
      expect((await client(`/users/${other}/events`)).status).toBe(403);
      const runAs = await client('/users/me/events', { headers: { 'x-schoology-run-as': String(other) } });
      expect(runAs.status).toBe(403);
    },
  );

  it('ask for the verifier of a client that named its callback when it asked', async () => {
    const asked = await ask(CALLBACK);
    expect(asked.text).toContain('oauth_callback_confirmed=true');
    const request = tokenIn(asked);
    // What the address says does not count then.
    const agreed = await agree(await signedIn(), request, 'https://evil.example.org/');
    const back = new URL(agreed.headers.get('location') ?? '');
    expect(back.host).toBe('app.example.org');
    const verifier = String(back.searchParams.get('oauth_verifier'));
    expect((await leg('access_token', request)).status).toBe(401);
    expect((await exchange(request, 'wrong')).status).toBe(401);
    expect((await exchange(request, verifier)).status).toBe(200);
  });

  it('show the verifier to a member whose client has no page', async () => {
    const request = tokenIn(await ask('oob'));
    const agreed = await agree(await signedIn(), request);
    expect(agreed.status).toBe(200);
    const verifier = /<code>(\w+)<\/code>/.exec(agreed.text)?.[1];
    expect((await exchange(request, String(verifier))).status).toBe(200);
  });
});

describe('a request token', () => {
  it('is worth nothing until somebody agrees, and is exchanged once', async () => {
    const request = await requestToken();
    expect((await leg('access_token', request)).status).toBe(401);
    await agree(await signedIn(), request);
    const answers = await Promise.all(Array.from({ length: 10 }, () => leg('access_token', request)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('opens no calendar, and an access token is not exchanged', async () => {
    const request = await requestToken();
    const answer = await realmsClient(app, consumer, request)('/users/me/events');
    expect([answer.status, answer.text]).toEqual([401, 'The token is not known here.']);
    await agree(await signedIn(), request);
    const access = tokenIn(await leg('access_token', request));
    expect((await leg('access_token', access)).status).toBe(401);
    expect((await leg('access_token')).text).toBe('The parameter oauth_token is missing.');
  });

  it("serves with its own secret and its own client's key only", async () => {
    const request = await requestToken();
    await agree(await signedIn(), request);
    expect((await leg('access_token', { ...request, secret: 'wrong' })).status).toBe(401);
    const other = await givenConsumer(app, tenant);
    expect((await leg('access_token', request, other)).text).toBe('The token is not known here.');
    expect((await leg('access_token', request)).status).toBe(200);
  });

  it('expires after an hour', async () => {
    const request = await requestToken();
    await app.open.pool.query(`UPDATE tenancy.oauth_tokens SET expires_at = now() WHERE token = $1`, [
      request.key,
    ]);
    expect((await consent(await signedIn(), `oauth_token=${request.key}`)).status).toBe(404);
  });

  it.each(['javascript:alert(1)', 'app.example.org', 'https://user:pass@example.org/', '//example.org'])(
    'is not given for the callback %s',
    async (callback) => {
      const answer = await ask(callback);
      expect([answer.status, answer.json]).toEqual([400, expect.stringMatching(/^oauth_callback must be/)]);
      const page = await consent(
        await signedIn(),
        `oauth_token=${(await requestToken()).key}&oauth_callback=${encodeURIComponent(callback)}`,
      );
      expect(page.status).toBe(400);
    },
  );
});

describe('an access token', () => {
  it('ends with its consumer key, and with its member', async () => {
    const short = await givenConsumer(app, tenant);
    const memberId = await givenMember(app, tenant, 'leaves@example.org');
    const request = tokenIn(await leg('request_token', undefined, short));
    await agree(await signedIn(tenant, memberId), request);
    const client = realmsClient(app, short, tokenIn(await leg('access_token', request, short)));
    expect((await client('/users/me/calendar')).status).toBe(200);
    await app.open.pool.query('DELETE FROM tenancy.members WHERE id = $1', [memberId]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await client('/users/me/calendar')).status).toBe(401);
  });
});

describe('the consent page', () => {
  it('names application, member, organization and where it leads, and works without scripts', async () => {
    const { key } = await requestToken();
    const page = await consent(
      await signedIn(),
      `oauth_token=${key}&oauth_callback=${encodeURIComponent(CALLBACK)}`,
    );
    for (const word of ['Timetable app', 'Ada Lovelace', tenant.slug, 'app.example.org'])
      expect(page.text).toContain(word);
    expect(page.text).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://app.example.org;",
    );
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('asks to sign in first', async () => {
    const { key } = await requestToken();
    const page = await consent('', `oauth_token=${key}`);
    expect([page.status, page.text]).toEqual([401, expect.stringContaining('sign-in link')]);
    expect((await post('', { oauth_token: key, answer: 'allow' })).status).toBe(401);
  });

  it("knows no token of another organization's, and none that was made up", async () => {
    const { key } = await requestToken();
    const stranger = await signedIn(await givenTenant(app));
    for (const query of [`oauth_token=${key}`, 'oauth_token=x', '', 'oauth_token=a&oauth_token=b']) {
      expect((await consent(stranger, query)).status).toBe(404);
    }
  });

  it('can be answered by no', async () => {
    const token = await requestToken();
    const cookie = await signedIn();
    const page = await consent(cookie, `oauth_token=${token.key}`);
    const declined = await post(cookie, { ...hidden(page), answer: 'deny' });
    expect([declined.status, declined.text]).toEqual([200, expect.stringContaining('denied')]);
    expect((await leg('access_token', token)).status).toBe(401);
    expect((await consent(cookie, `oauth_token=${token.key}`)).status).toBe(404);
  });

  it('refuses forms that it did not make', async () => {
    const token = await requestToken();
    const cookie = await signedIn();
    const form = { ...hidden(await consent(cookie, `oauth_token=${token.key}`)), answer: 'allow' };
    expect((await post(cookie, { ...form, proof: 'guessed' })).status).toBe(403);
    expect((await post(cookie, { oauth_token: token.key, answer: 'allow' })).status).toBe(403);
    expect((await post(cookie, form, { origin: 'https://evil.example.org' })).status).toBe(403);
    const other = await signedIn(tenant, await givenMember(app, tenant, 'victim@example.org'));
    expect((await post(other, form)).status).toBe(403);
    expect((await post(cookie, form, { origin: 'https://quintet.test' })).status).toBe(200);
  });

  it('counts one answer, however often it is given at once', async () => {
    const token = await requestToken();
    const cookie = await signedIn();
    const form = { ...hidden(await consent(cookie, `oauth_token=${token.key}`)), answer: 'allow' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(cookie, form)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('a key that is bound to a member', () => {
  it('acts as that member without further legs', async () => {
    const client = await givenMemberClient(app, tenant, tenant.member.id);
    expect((await client('/users/me/calendar')).status).toBe(200);
  });
});
