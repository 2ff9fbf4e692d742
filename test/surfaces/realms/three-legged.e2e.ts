import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/auth/credentials/bearer-key.js';
import { secretOf256Bits } from '../../../src/core/random-code.js';
import type { RealmsConsumer } from '../../../src/surfaces/realms/realms.credential.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { whileDeleting } from '../../support/deletion.js';
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

const CALLBACK = 'https://app.example.org/back?state=1&x=a%20b';
/** A client of OAuth 1.0, for which the verifier is optional. */
const LEGACY_CLIENT = { callbackHosts: ['app.example.org'], verifier: 'optional' } as const;

beforeAll(async () => {
  app = await bootApp();
  tenant = await givenTenant(app);
  consumer = await givenConsumer(app, tenant, undefined, undefined, LEGACY_CLIENT);
});
afterAll(() => app.close());

/** The session cookie of a signed-in member. */
async function signedIn(of: Tenant = tenant, memberId = of.member.id): Promise<string> {
  const token = secretOf256Bits();
  await app.open.pool.query(
    `INSERT INTO tenancy.browser_sessions (token_sha256, organization_id, member_id, expires_at)
     VALUES ($1, $2, $3, now() + interval '1 hour')`,
    [digestOf(token), of.id, memberId],
  );
  return `__Host-quintet_session=${token}`;
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
const ask = (callback: string, by = consumer): Promise<Answer> =>
  leg('request_token', undefined, by, { oauth_callback: callback });
const exchange = (token: Token, verifier: string, by = consumer): Promise<Answer> =>
  leg('access_token', token, by, { oauth_verifier: verifier });
const tokenIn = (response: Answer): Token => {
  const form = new URLSearchParams(response.text);
  return { key: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' };
};
const requestToken = async (by = consumer): Promise<Token> =>
  tokenIn(await leg('request_token', undefined, by));

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

/** Submits the consent page as a browser does. */
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
      // OAuth 1.0 has no verifier.
      const access = tokenIn(await leg('access_token', request));
      const client = realmsClient(app, consumer, access);
      const created = await client('/users/me/events', {
        body: { title: 'Mine', start: '2030-01-01 10:00:00' },
      });
      expect(created.json).toMatchObject({ realm: 'user', user_id: tenant.member.id });
      // The member is not an administrator, even if the key alone has those rights.
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
    // The callback in the link is ignored then.
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

describe('a key of which nothing else was said', () => {
  let strict: RealmsConsumer;
  beforeAll(async () => {
    strict = await givenConsumer(app, tenant, undefined, undefined, { callbackHosts: ['app.example.org'] });
  });

  it('is given no token without the verifier, wherever the callback was named', async () => {
    for (const callback of [undefined, CALLBACK]) {
      const request = await requestToken(strict);
      expect((await agree(await signedIn(), request, callback)).status).toBe(
        callback === undefined ? 200 : 303,
      );
      const response = await leg('access_token', request, strict);
      expect([response.status, response.text]).toEqual([401, expect.stringContaining('verifier')]);
    }
  });

  it('is given one for the verifier that the callback on the link carried', async () => {
    const request = await requestToken(strict);
    const agreed = await agree(await signedIn(), request, CALLBACK);
    const verifier = new URL(agreed.headers.get('location') ?? '').searchParams.get('oauth_verifier');
    expect((await exchange(request, String(verifier), strict)).status).toBe(200);
  });

  it('may always have its verifier shown on the page', async () => {
    const bare = await givenConsumer(app, tenant);
    for (const asked of [await ask('oob', bare), await leg('request_token', undefined, bare)]) {
      const request = tokenIn(asked);
      const agreed = await agree(await signedIn(), request);
      const verifier = /<code>(\w+)<\/code>/.exec(agreed.text)?.[1];
      expect((await exchange(request, String(verifier), bare)).status).toBe(200);
    }
  });
});

describe('a callback', () => {
  const REFUSED = 'oauth_callback must be an address on a host that is registered with the key, or "oob"';
  const elsewhere: readonly [string, readonly string[]][] = [
    ['https://app.example.org/back', []],
    ['http://localhost:5173/', []],
    ['https://evil.example.org/', ['app.example.org']],
    ['https://app.example.org.evil.example/', ['app.example.org']],
    ['https://sub.app.example.org/', ['app.example.org']],
    ['https://app.example.org:8443/', ['app.example.org:443']],
    ['https://app.example.org/', ['app.example.org:80']],
  ];

  it.each(elsewhere)(
    'to %s is refused to a key with the hosts %j, wherever it is named',
    async (to, hosts) => {
      const key = await givenConsumer(app, tenant, undefined, undefined, {
        ...LEGACY_CLIENT,
        callbackHosts: hosts,
      });
      const asked = await ask(to, key);
      expect([asked.status, asked.json]).toEqual([400, REFUSED]);
      for (const name of ['oauth_callback', 'return_url']) {
        const { key: token } = await requestToken(key);
        const cookie = await signedIn();
        const page = await consent(cookie, `oauth_token=${token}&${name}=${encodeURIComponent(to)}`);
        expect([page.status, page.text]).toEqual([400, expect.stringContaining('registered')]);
        // Nor with a genuine form.
        const form = hidden(await consent(cookie, `oauth_token=${token}`));
        const response = await post(cookie, { ...form, oauth_callback: to, answer: 'allow' });
        expect([response.status, response.headers.get('location')]).toEqual([400, null]);
      }
    },
  );

  it.each<[string, readonly string[]]>([
    ['https://APP.example.org/back', ['app.example.org']],
    ['https://app.example.org:8443/back', ['other.example.org', 'app.example.org']],
    ['https://app.example.org:8443/back', ['app.example.org:8443']],
    ['https://app.example.org/back', ['app.example.org:443']],
    ['http://[::1]:5173/back', ['[::1]']],
  ])('to %s is followed for a key with the hosts %j', async (to, hosts) => {
    const key = await givenConsumer(app, tenant, undefined, undefined, { callbackHosts: hosts });
    const asked = await ask(to, key);
    expect(asked.status).toBe(200);
    const agreed = await agree(await signedIn(), tokenIn(asked));
    expect(new URL(agreed.headers.get('location') ?? '').origin).toBe(new URL(to).origin);
  });

  it('is refused once its host is registered no longer', async () => {
    const key = await givenConsumer(app, tenant, undefined, undefined, LEGACY_CLIENT);
    const request = tokenIn(await ask(CALLBACK, key));
    await app.open.pool.query(`UPDATE tenancy.credentials SET callback_hosts = '{}' WHERE lookup = $1`, [
      key.consumerKey,
    ]);
    expect((await consent(await signedIn(), `oauth_token=${request.key}`)).status).toBe(400);
  });

  it.each([
    "https://evil.example;script-src'unsafe-inline'/",
    'https://app.example.org;form-action/',
    "https://'self'/",
    'https://app.example.org,evil.example/',
  ])('to %s reaches no policy header, even if its host was registered', async (to) => {
    const { host, origin } = new URL(to);
    const key = await givenConsumer(app, tenant, undefined, undefined, { callbackHosts: [host] });
    expect((await ask(to, key)).status).toBe(400);
    const { key: token } = await requestToken(key);
    const page = await consent(
      await signedIn(),
      `oauth_token=${token}&oauth_callback=${encodeURIComponent(to)}`,
    );
    expect(page.status).toBe(400);
    expect(page.headers.get('content-security-policy')).not.toContain(origin);
  });
});

describe('within a multiget', () => {
  it('no token is asked for or exchanged, whatever signs the part', async () => {
    const request = await requestToken();
    await agree(await signedIn(), request);
    const { consumerKey, consumerSecret } = consumer;
    const signedWith = (signature: string): string =>
      `oauth_consumer_key=${consumerKey}&oauth_signature_method=PLAINTEXT&oauth_signature=${encodeURIComponent(signature)}`;
    const parts = [
      `/v1/oauth/access_token?oauth_token=${request.key}&${signedWith('wrong')}`,
      `/v1/oauth/access_token?oauth_token=${request.key}&${signedWith(`${consumerSecret}&${request.secret}`)}`,
      `/v1/oauth/access_token?oauth_token=${request.key}`,
      `/v1/oauth/request_token?${signedWith('wrong')}`,
      `/v1/oauth/request_token?${signedWith(`${consumerSecret}&`)}`,
    ];
    const { status, json } = await realmsClient(app, consumer)('/multiget', { body: { request: parts } });
    expect(status).toBe(200);
    const { response } = json as { response: { response_code: number; body: string }[] };
    expect(response.map(({ response_code }) => response_code)).toEqual(parts.map(() => 401));
    for (const { body } of response) expect(body).not.toContain('oauth_token=');
    expect((await leg('access_token', request)).status).toBe(200);
  });
});

describe('what is deleted at the same moment', () => {
  it('a consumer key: its request for a token is refused', async () => {
    const unlimited = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { REALMS_RATE_LIMIT: '0' },
    });
    const key = await givenConsumer(app, tenant);
    const authorization = `OAuth oauth_consumer_key="${key.consumerKey}", oauth_signature_method="PLAINTEXT", oauth_signature="${key.consumerSecret}%26"`;
    const response = await whileDeleting(
      app,
      'DELETE FROM tenancy.credentials WHERE lookup = $1',
      key.consumerKey,
      () => call(`${unlimited.url}/v1/oauth/request_token`, { headers: { authorization } }),
    );
    await unlimited.close();
    expect([response.status, response.text]).toEqual([401, 'The consumer key was revoked a moment ago.']);
  });

  it('a member: the agreement counts for nothing', async () => {
    const id = await givenMember(app, tenant, 'goes@example.org');
    const cookie = await signedIn(tenant, id);
    const request = await requestToken();
    const form = { ...hidden(await consent(cookie, `oauth_token=${request.key}`)), answer: 'allow' };
    const response = await whileDeleting(app, 'DELETE FROM tenancy.members WHERE id = $1', id, () =>
      post(cookie, form),
    );
    expect([response.status, response.text]).toEqual([401, expect.stringContaining('removed a moment ago')]);
    expect((await leg('access_token', request)).status).toBe(401);
  });
});

describe('a request token', () => {
  it('is worth nothing until somebody agrees, and is exchanged once', async () => {
    const request = await requestToken();
    expect((await leg('access_token', request)).status).toBe(401);
    await agree(await signedIn(), request);
    const responses = await Promise.all(Array.from({ length: 10 }, () => leg('access_token', request)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('opens no calendar, and an access token is not exchanged', async () => {
    const request = await requestToken();
    const response = await realmsClient(app, consumer, request)('/users/me/events');
    expect([response.status, response.text]).toEqual([401, 'The token is not known here.']);
    await agree(await signedIn(), request);
    const access = tokenIn(await leg('access_token', request));
    expect((await leg('access_token', access)).status).toBe(401);
    expect((await leg('access_token')).text).toBe('The parameter oauth_token is missing.');
  });

  it("serves with its own secret and its own client's key only", async () => {
    const request = await requestToken();
    await agree(await signedIn(), request);
    expect((await leg('access_token', { ...request, secret: 'wrong' })).status).toBe(401);
    const other = await givenConsumer(app, tenant, undefined, undefined, LEGACY_CLIENT);
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
      const response = await ask(callback);
      expect([response.status, response.json]).toEqual([
        400,
        expect.stringMatching(/^oauth_callback must be/),
      ]);
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
    const short = await givenConsumer(app, tenant, undefined, undefined, LEGACY_CLIENT);
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

  it('says whose key asks, and to whom, and what that person could lend it', async () => {
    const owner = await givenMember(app, tenant, 'grace@example.org');
    await app.open.pool.query(`UPDATE tenancy.members SET name = 'Grace <Hopper>' WHERE id = $1`, [owner]);
    const hers = await givenConsumer(app, tenant, owner);
    const boss = await givenMember(app, tenant, 'boss@example.org', true);
    const shown = async (cookie: string, by?: RealmsConsumer): Promise<string> =>
      (await consent(cookie, `oauth_token=${(await requestToken(by)).key}`)).text;

    const toMember = await shown(await signedIn(), hers);
    expect(toMember).toContain('Grace &#60;Hopper&#62; (grace@example.org)');
    expect(toMember).not.toContain('administrator');
    const toAdministrator = await shown(await signedIn(tenant, boss), hers);
    expect(toAdministrator).toContain('Grace &#60;Hopper&#62; (grace@example.org)');
    expect(toAdministrator).toContain('You are an administrator');
    expect(toAdministrator).toContain('everybody in the organization');
    const ofOrganization = await shown(await signedIn());
    expect(ofOrganization).toContain('<dd>the organization</dd>');
    expect(ofOrganization).not.toContain('@');
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
    const responses = await Promise.all(Array.from({ length: 10 }, () => post(cookie, form)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('a key that is bound to a member', () => {
  it('acts as that member without further legs', async () => {
    const client = await givenMemberClient(app, tenant, tenant.member.id);
    expect((await client('/users/me/calendar')).status).toBe(200);
  });
});

describe('three legs by POST', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const sendPost = (url: string, authorization: string, form?: Record<string, string>): Promise<Answer> =>
    call(url, {
      method: 'POST',
      headers: { authorization, ...(form !== undefined && { 'content-type': FORM }) },
      body: form === undefined ? undefined : new URLSearchParams(form).toString(),
    });
  const url = (path: string): string => `${app.url}/v1/oauth/${path}`;

  it('lead to a token that says when it was issued', async () => {
    const asked = await sendPost(url('request_token'), signed(consumer, url('request_token'), 'POST'));
    expect([asked.status, asked.headers.get('content-type')]).toEqual([200, FORM]);
    const request = tokenIn(asked);
    await agree(await signedIn(), request);
    const exchanged = await sendPost(
      url('access_token'),
      signed(consumer, url('access_token'), 'POST', request),
    );
    expect(exchanged.status).toBe(200);
    const access = tokenIn(exchanged);
    await app.open.pool.query(
      `UPDATE tenancy.oauth_tokens SET created_at = timestamptz '2020-01-01 00:00:00Z' WHERE token = $1`,
      [access.key],
    );
    const client = realmsClient(app, consumer, access);
    expect((await client('/app-user-info')).json).toEqual({
      api_uid: tenant.member.id,
      web_session_timestamp: Date.parse('2020-01-01T00:00:00Z') / 1000,
    });
    const { json } = await client('/multiget', { body: { request: ['/v1/app-user-info'] } });
    expect(json.response[0].body.web_session_timestamp).toBe(1577836800);
  });

  it('count the parameters of a form as signed ones', async () => {
    const form = { oauth_callback: CALLBACK, note: 'a b&c' };
    const authorization = signed(consumer, url('request_token'), 'POST', undefined, 'HMAC-SHA1', form);
    // The library repeats OAuth parameters of the data in the header, where they may stand as well.
    const header = authorization.replace(/oauth_callback="[^"]*", /, '');
    const asked = await sendPost(url('request_token'), header, form);
    expect([asked.status, asked.text]).toEqual([
      200,
      expect.stringContaining('oauth_callback_confirmed=true'),
    ]);
    const other = { ...form, note: 'changed on the way' };
    const again = signed(consumer, url('request_token'), 'POST', undefined, 'HMAC-SHA1', form);
    const changed = await sendPost(
      url('request_token'),
      again.replace(/oauth_callback="[^"]*", /, ''),
      other,
    );
    expect(changed.status).toBe(401);
  });

  it('need a signature of the method that is used, and take no form anywhere else', async () => {
    const asGet = await sendPost(url('request_token'), signed(consumer, url('request_token'), 'GET'));
    expect(asGet.status).toBe(401);
    const elsewhere = `${app.url}/v1/multiget`;
    const refused = await sendPost(elsewhere, signed(consumer, elsewhere, 'POST'), { a: '1' });
    expect(refused.status).toBe(415);
  });
});
