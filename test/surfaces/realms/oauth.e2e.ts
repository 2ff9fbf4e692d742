import { createHash, createHmac, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import oauth from 'oauth';
import { bootApp, type TestApp } from '../../support/app.js';
import { call, type Answer } from '../../support/http.js';
import {
  givenConsumer,
  givenMember,
  givenMemberClient,
  givenRealmsClient,
  realmsClient,
  signed,
} from '../../support/realms.js';

type Client = Awaited<ReturnType<typeof givenRealmsClient>>;
let app: TestApp;
let client: Client;
let url: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
  url = `${app.url}/v1/sections/${client.section}/events`;
});
afterAll(() => app.close());

const now = (): string => String(Math.floor(Date.now() / 1000));
const nonce = (): string => randomBytes(8).toString('hex');
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Manually signed OAuth parameters, so that each part can be made invalid. */
function handSigned(
  address: string,
  overrides: Record<string, string | undefined> = {},
  secret = client.consumer.consumerSecret,
  more: [string, string][] = [],
  method = 'GET',
): [string, string][] {
  const parameters = Object.entries({
    oauth_consumer_key: client.consumer.consumerKey,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: now(),
    oauth_nonce: nonce(),
    ...overrides,
  }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const base = [...parameters, ...more]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const signature = createHmac('sha1', `${secret}&`)
    .update(`${method}&${encode(address)}&${encode(base)}`)
    .digest('base64');
  return [...parameters, ['oauth_signature', signature]];
}

const header = (parameters: readonly [string, string][], separator = ', '): string =>
  `OAuth ${parameters.map(([name, value]) => `${name}="${encode(value)}"`).join(separator)}`;

const ask = (authorization: string | undefined, address = url): Promise<Answer> =>
  call(address, { headers: authorization === undefined ? {} : { authorization } });

describe('a signed request is accepted', () => {
  it('from oauth-1.0a, with HMAC-SHA1 and with PLAINTEXT', async () => {
    expect((await ask(signed(client.consumer, url, 'GET'))).status).toBe(200);
    expect((await ask(signed(client.consumer, url, 'GET', undefined, 'PLAINTEXT'))).status).toBe(200);
  });

  it('from oauth-1.0a, with a query that needs encoding', async () => {
    const address = `${url}?start_date=20300101&end_date=2030-02-01&note=a+b%20c%26%C3%BC*%28%29&note=2&empty=`;
    expect((await ask(signed(client.consumer, `${url}?start=0`, 'GET'), `${url}?start=0`)).status).toBe(200);
    const parameters = handSigned(url, {}, undefined, [
      ['start_date', '20300101'],
      ['end_date', '2030-02-01'],
      ['note', 'a b c&ü*()'],
      ['note', '2'],
      ['empty', ''],
    ]);
    expect((await ask(header(parameters), address)).status).toBe(200);
  });

  it.each(['HMAC-SHA1', 'PLAINTEXT'])('from oauth, with %s, reading and writing', async (method) => {
    const { consumerKey, consumerSecret } = client.consumer;
    const library = new oauth.OAuth('', '', consumerKey, consumerSecret, '1.0', null, method);
    const read = await new Promise<number | undefined>((resolve, reject) => {
      library.get(`${url}?limit=5&start=1`, '', '', (error, _data, response) =>
        error === null ? resolve(response?.statusCode) : reject(new Error(JSON.stringify(error))),
      );
    });
    expect(read).toBe(200);
    const written = await new Promise<number | undefined>((resolve, reject) => {
      const body = JSON.stringify({ title: 'By oauth', start: '2030-01-01 10:00:00' });
      library.post(url, '', '', body, 'application/json', (error, _data, response) =>
        error === null ? resolve(response?.statusCode) : reject(new Error(JSON.stringify(error))),
      );
    });
    expect(written).toBe(201);
  });

  it('in the query as well as in the header', async () => {
    const query = handSigned(url).map(([name, value]) => `${name}=${encode(value)}`);
    expect((await ask(undefined, `${url}?${query.join('&')}`)).status).toBe(200);
  });

  it.each([',', ', ', ',\t'])('with the separator %j', async (separator) => {
    expect((await ask(header(handSigned(url), separator))).status).toBe(200);
  });

  it.each(['', 'realm="Schoology API", ', 'realm="", '])('with %j before the rest', async (realm) => {
    expect((await ask(header(handSigned(url)).replace('OAuth ', `OAuth ${realm}`))).status).toBe(200);
  });

  it('with an empty oauth_token, and with oauth_version', async () => {
    expect((await ask(header(handSigned(url, { oauth_token: '', oauth_version: '1.0' })))).status).toBe(200);
  });

  it('with a plus in a value of the header, which stays a plus', async () => {
    const parameters = handSigned(url, { oauth_nonce: `${nonce()}+x` });
    expect((await ask(header(parameters).replaceAll('%2B', '+'))).status).toBe(200);
  });

  it('over slashes as they were sent', async () => {
    const address = `${app.url}//v1//sections/${client.section}/events/`;
    expect((await ask(header(handSigned(address)), address)).status).toBe(200);
    expect((await ask(header(handSigned(url)), address)).status).toBe(401);
  });

  it('over the Host header that the client sends, whatever it is, and over either scheme', async () => {
    const forced = (host: string, authorization: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        httpRequest(url, { headers: { host, authorization } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    const path = `/v1/sections/${client.section}/events`;
    for (const address of [
      `http://api.school.test${path}`,
      `https://api.school.test${path}`,
      `https://quintet.test${path}`,
      `http://quintet.test${path}`,
    ]) {
      expect(await forced('API.school.test', header(handSigned(address)))).toBe(200);
    }
    expect(await forced('api.school.test', header(handSigned(`https://elsewhere.test${path}`)))).toBe(401);
  });

  it.each([
    ['raw', (secret: string) => `${secret}&`],
    ['encoded', (secret: string) => `${secret}%26`],
  ])('in PLAINTEXT, %s, without nonce and timestamp, again and again', async (_, format) => {
    const { consumerKey, consumerSecret } = client.consumer;
    const authorization = `OAuth oauth_consumer_key="${consumerKey}",oauth_signature_method="PLAINTEXT",oauth_signature="${format(consumerSecret)}"`;
    expect((await ask(authorization)).status).toBe(200);
    expect((await ask(authorization)).status).toBe(200);
    const query = `oauth_consumer_key=${consumerKey}&oauth_signature_method=PLAINTEXT&oauth_signature=${format(consumerSecret)}`;
    expect((await ask(undefined, `${url}?${query}`)).status).toBe(200);
  });
});

describe('a body hash that is signed', () => {
  const hashOf = (text: string): string => createHash('sha1').update(text).digest('base64');
  const body = JSON.stringify({ title: 'Größer', start: '2030-01-01 10:00:00' });
  const xml = '<body><title>Größer</title><start>2030-01-01 10:00:00</start></body>';

  const send = (oauth_body_hash: string, text: string, type = 'application/json'): Promise<Answer> =>
    call(url, {
      method: 'POST',
      headers: {
        authorization: header(handSigned(url, { oauth_body_hash }, undefined, [], 'POST')),
        'content-type': type,
      },
      body: text,
    });

  it('fits the bytes of the body, whatever they say', async () => {
    expect((await send(hashOf(body), body)).status).toBe(201);
    expect((await send(hashOf(xml), xml, 'text/xml')).status).toBe(201);
    expect((await send(hashOf('{'), '{')).status).toBe(400);
  });

  it.each<[string, string]>([
    ['another body', body.replace('10:00', '11:00')],
    ['a blank more', `${body} `],
    ['no body', ''],
  ])('refuses %s by 401', async (_, text) => {
    const response = await send(hashOf(body), text);
    expect([response.status, response.text]).toEqual([401, 'The oauth_body_hash does not fit the body.']);
  });

  it('counts for a request without a body as well', async () => {
    const get = (oauth_body_hash: string): Promise<Answer> =>
      ask(header(handSigned(url, { oauth_body_hash })));
    expect((await get('2jmj7l5rSw0yVb/vlWAYkK/YBwk=')).status).toBe(200);
    for (const wrong of [hashOf(body), '', 'x']) expect((await get(wrong)).status).toBe(401);
    expect((await send(hashOf(''), body)).status).toBe(401);
  });

  it('spends no nonce when it does not fit', async () => {
    const authorization = header(handSigned(url, { oauth_body_hash: hashOf(body) }, undefined, [], 'POST'));
    const headers = { authorization };
    expect((await call(url, { headers, body: '{}' })).status).toBe(401);
    expect((await call(url, { headers, body })).status).toBe(201);
  });
});

describe('a request is refused by 401 in plain words', () => {
  const without = (name: string): string => header(handSigned(url).filter(([known]) => known !== name));

  it.each<[string, () => string | undefined, RegExp]>([
    ['nothing', () => undefined, /no credential/],
    ['a bearer key', () => 'Bearer abc', /no credential/],
    ['a broken header', () => 'OAuth oauth_consumer_key', /no list/],
    [
      'an unknown key',
      () => header(handSigned(url, { oauth_consumer_key: 'nobody' })),
      /consumer key is not known/,
    ],
    ['an unknown token', () => header(handSigned(url, { oauth_token: 'x' })), /token is not known/],
    ['another secret', () => header(handSigned(url, {}, 'wrong')), /signature does not fit/],
    ['another path', () => header(handSigned(`${url}/1`)), /signature does not fit/],
    [
      'another query',
      () => header(handSigned(url, {}, undefined, [['limit', '1']])),
      /signature does not fit/,
    ],
    ['no key', () => without('oauth_consumer_key'), /oauth_consumer_key is missing/],
    ['no method', () => without('oauth_signature_method'), /oauth_signature_method is missing/],
    ['no signature', () => without('oauth_signature'), /oauth_signature is missing/],
    ['no timestamp', () => without('oauth_timestamp'), /oauth_timestamp is missing/],
    ['no nonce', () => without('oauth_nonce'), /oauth_nonce is missing/],
    [
      'a strange method',
      () => header(handSigned(url, { oauth_signature_method: 'RSA-SHA1' })),
      /none of HMAC-SHA1/,
    ],
    ['a strange version', () => header(handSigned(url, { oauth_version: '2.0' })), /not 1\.0/],
    [
      'a timestamp in words',
      () => header(handSigned(url, { oauth_timestamp: 'now' })),
      /no number of seconds/,
    ],
    [
      'a nonce given twice',
      () => `${header(handSigned(url))}, oauth_nonce="x"`,
      /oauth_nonce is given twice/,
    ],
    ['an endless nonce', () => header(handSigned(url, { oauth_nonce: 'n'.repeat(4000) })), /too long/],
    [
      'a timestamp 11 minutes old',
      () => header(handSigned(url, { oauth_timestamp: String(Number(now()) - 660) })),
      /out of sequence/,
    ],
    [
      'a timestamp 11 minutes ahead',
      () => header(handSigned(url, { oauth_timestamp: String(Number(now()) + 660) })),
      /out of sequence/,
    ],
    [
      'PLAINTEXT with a wrong secret',
      () =>
        `OAuth oauth_consumer_key="${client.consumer.consumerKey}",oauth_signature_method="PLAINTEXT",oauth_signature="wrong%26"`,
      /signature does not fit/,
    ],
  ])('for %s', async (_, authorization, text) => {
    const response = await ask(authorization());
    expect([response.status, response.headers.get('content-type')]).toEqual([
      401,
      'text/plain; charset=utf-8',
    ]);
    expect(response.text).toMatch(text);
    expect(response.text).not.toContain(client.consumer.consumerSecret);
    expect(response.headers.get('www-authenticate')).toMatch(/^OAuth /);
  });

  it('for a method that was not signed', async () => {
    const authorization = signed(client.consumer, url, 'GET');
    const response = await call(url, { method: 'POST', headers: { authorization }, body: {} });
    expect([response.status, response.text]).toEqual([401, 'The signature does not fit the request.']);
  });

  it('for a key that has expired or was revoked', async () => {
    const expired = await givenConsumer(app, client.tenant, undefined, '2020-01-01T00:00:00Z');
    expect((await ask(signed(expired, url, 'GET'))).text).toBe('The consumer key has expired.');
    const revoked = await givenConsumer(app, client.tenant);
    expect((await ask(signed(revoked, url, 'GET'))).status).toBe(200);
    await app.open.pool.query('DELETE FROM tenancy.credentials WHERE lookup = $1', [revoked.consumerKey]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await ask(signed(revoked, url, 'GET'))).text).toBe('The consumer key is not known.');
  });

  it('accepts a clock that is 9 minutes off', async () => {
    for (const shift of [-540, 540]) {
      const timestamp = String(Number(now()) + shift);
      expect((await ask(header(handSigned(url, { oauth_timestamp: timestamp })))).status).toBe(200);
    }
  });
});

describe('a nonce', () => {
  const REPLAY = 'Duplicate timestamp/nonce combination, possible replay attack. Request rejected.';

  it('is spent once: of 50 parallel replays exactly one is served', async () => {
    const authorization = signed(client.consumer, url, 'GET');
    const responses = await Promise.all(Array.from({ length: 50 }, () => ask(authorization)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { text } of responses.filter(({ status }) => status !== 200)) expect(text).toBe(REPLAY);
  });

  it('is spent on every process, and stays spent through a restart', async () => {
    const path = `/v1/sections/${client.section}/events`;
    const authorization = header(handSigned(`https://quintet.test${path}`));
    expect((await ask(authorization)).status).toBe(200);
    for (let start = 1; start <= 2; start++) {
      const other = await bootApp({ databaseUrl: app.databaseUrl });
      expect((await ask(authorization, `${other.url}${path}`)).text).toBe(REPLAY);
      await other.close();
    }
  });

  it('stays spent when its request fails', async () => {
    const address = `${url}/999999`;
    const authorization = signed(client.consumer, address, 'GET');
    expect((await ask(authorization, address)).status).toBe(404);
    expect((await ask(authorization, address)).text).toBe(REPLAY);
  });

  it('is not spent by a request whose signature is wrong', async () => {
    const [timestamp, word] = [now(), nonce()];
    const overrides = { oauth_timestamp: timestamp, oauth_nonce: word };
    expect((await ask(header(handSigned(url, overrides, 'wrong')))).status).toBe(401);
    expect((await ask(header(handSigned(url, overrides)))).status).toBe(200);
  });

  it('may come again with another timestamp, and with another key', async () => {
    const word = nonce();
    const timestamp = Number(now());
    const send = (shift: number): Promise<Answer> =>
      ask(header(handSigned(url, { oauth_nonce: word, oauth_timestamp: String(timestamp + shift) })));
    expect([(await send(0)).status, (await send(1)).status, (await send(0)).status]).toEqual([200, 200, 401]);
    const other = await givenConsumer(app, client.tenant);
    const parameters = handSigned(
      url,
      { oauth_nonce: word, oauth_timestamp: String(timestamp), oauth_consumer_key: other.consumerKey },
      other.consumerSecret,
    );
    expect((await ask(header(parameters))).status).toBe(200);
  });

  it('is checked in PLAINTEXT when it is sent', async () => {
    const authorization = signed(client.consumer, url, 'GET', undefined, 'PLAINTEXT');
    expect((await ask(authorization)).status).toBe(200);
    expect((await ask(authorization)).text).toBe(REPLAY);
  });

  it('is forgotten once its timestamp would be refused anyway', async () => {
    const { NoncesRepository } = await import('../../../src/auth/oauth1/nonces.repository.js');
    const count = async (): Promise<number> => {
      const { rows } = await app.open.pool.query<{ n: number }>(
        'SELECT count(*)::integer AS n FROM tenancy.oauth_nonces',
      );
      return rows[0]?.n ?? 0;
    };
    const nonces = app.app.get(NoncesRepository);
    expect(await count()).toBeGreaterThan(0);
    const pass = (minutes: number): Promise<unknown> =>
      app.open.pool.query(
        `UPDATE tenancy.oauth_nonces SET expires_at = expires_at - $1::integer * interval '1 min'`,
        [minutes],
      );
    await pass(9);
    await nonces.prune();
    expect(await count()).toBeGreaterThan(0);
    await pass(22);
    await nonces.prune();
    expect(await count()).toBe(0);
  });
});

describe('the rate limit', () => {
  it('lets exactly 50 requests in 5 seconds through, however many processes there are', async () => {
    const environment = { REALMS_RATE_LIMIT: '50' };
    const first = await bootApp({ databaseUrl: app.databaseUrl, environment });
    const second = await bootApp({ databaseUrl: app.databaseUrl, environment });
    const consumer = await givenConsumer(app, client.tenant);
    // Starts right after a window begins, so that all requests are in the same one.
    await new Promise((resolve) => setTimeout(resolve, 5000 - (Date.now() % 5000) + 20));
    const responses = await Promise.all(
      Array.from({ length: 120 }, (_, index) => {
        const address = `${(index % 2 === 0 ? first : second).url}/v1/sections/${client.section}/events`;
        return ask(signed(consumer, address, 'GET'), address);
      }),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(50);
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(70);
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await first.close();
    await second.close();
  });

  it('can be switched off; a nonce is still spent once', async () => {
    const unlimited = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { REALMS_RATE_LIMIT: '0' },
    });
    const address = `${unlimited.url}/v1/sections/${client.section}/events`;
    const authorization = signed(client.consumer, address, 'GET');
    const responses = await Promise.all(Array.from({ length: 60 }, () => ask(authorization, address)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(59);
    await unlimited.close();
  });

  it('costs one statement a request, nonce included, and the read itself is the second', async () => {
    await client(`/sections/${client.section}/events`);
    const before = app.open.database.statementCount;
    await client(`/sections/${client.section}/events`);
    expect(app.open.database.statementCount - before).toBe(2);
  });
});

describe('X-Schoology-Run-As', () => {
  const me = (
    header: string,
    by: { (path: string, call: object): Promise<Answer> } = client,
  ): Promise<Answer> => by('/users/me/events', { headers: { 'x-schoology-run-as': header } });

  it('lets a key of an administrator act as a user', async () => {
    const user = await givenMember(app, client.tenant, 'run-as@example.org');
    const response = await me(String(user));
    expect(response.status).toBe(200);
    expect(response.json.links.self).toBe(`https://quintet.test/v1/users/${user}/events?start=0&limit=20`);
    // With that user's rights only.
    const other = await client(`/users/${client.tenant.member.id}/events`, {
      headers: { 'x-schoology-run-as': String(user) },
    });
    expect([other.status, other.text]).toEqual([403, '']);
  });

  it.each(['999999', 'me', '', '1 OR 1=1', '99999999999'])(
    'is refused by an empty 403 for %j',
    async (user) => {
      const response = await me(user);
      expect([response.status, response.text]).toEqual([403, '']);
    },
  );

  it("is refused for another organization's user, and to a key that is no administrator's", async () => {
    const stranger = await givenRealmsClient(app);
    expect((await me(String(stranger.tenant.member.id))).status).toBe(403);
    const member = await givenMember(app, client.tenant, 'plain@example.org');
    const plain = await givenMemberClient(app, client.tenant, member);
    expect((await me(String(client.tenant.member.id), plain)).status).toBe(403);
  });
});

describe("another organization's key", () => {
  it('finds nothing here', async () => {
    const stranger = await givenRealmsClient(app);
    const created = await client(`/sections/${client.section}/events`, {
      body: { title: 'Ours', start: '2030-01-01 10:00:00' },
    });
    for (const path of [
      `/sections/${client.section}/events`,
      `/sections/${client.section}/events/${String(created.json.id)}`,
      `/sections/${stranger.section}/events/${String(created.json.id)}`,
      `/users/${client.tenant.member.id}/calendar`,
    ]) {
      const response = await realmsClient(app, stranger.consumer)(path);
      expect([path, response.status, response.text]).toEqual([path, 404, '']);
    }
  });
});
