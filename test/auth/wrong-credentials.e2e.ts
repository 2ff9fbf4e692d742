import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Encryption } from '../../src/auth/encryption.js';
import { SURFACE_NAMES, type SurfaceName } from '../../src/core/surface-name.js';
import { SURFACES } from '../../src/surfaces/surfaces.js';
import { ADMIN_HEADERS } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { givenCompaniesKey } from '../support/companies.js';
import { call, type Answer } from '../support/http.js';
import { givenConsumer, signed } from '../support/realms.js';
import { givenKey, givenTenant, type Tenant } from '../support/tenant.js';
import { givenTrainingClient } from '../support/training.js';

const CEILING = 6;
const SETTINGS = {
  environment: {
    TRUST_PROXY: 'true',
    WRONG_CREDENTIALS_PER_MINUTE: String(CEILING),
    TRAINING_RATE_LIMIT: '2',
  },
};

let app: TestApp;
let tenant: Tenant;

beforeAll(async () => {
  app = await bootApp(SETTINGS);
  tenant = await givenTenant(app);
});
afterAll(() => app.close());

let addresses = 0;
/** An address that nobody has come from yet. */
const newAddress = (): string => `10.1.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;

type Headers = Readonly<Record<string, string>>;

const ask = (address: string, path: string, headers: Headers = {}, of = app): Promise<Answer> =>
  call(of.url + path, { headers: { 'x-forwarded-for': address, ...headers } });

const random = (): string => randomBytes(24).toString('hex');

/** A call of a product, or of the admin API, that reads; with a credential that nobody was given. */
function wrongCall(where: SurfaceName | 'admin'): readonly [path: string, headers: Headers] {
  const surface = SURFACES.find(({ name }) => name === where);
  if (surface === undefined) return ['/admin/v1/organizations', { authorization: `Bearer ${random()}` }];
  const { path } = surface.introduction;
  const { secret } = surface.generateCredential(tenant.id, new Encryption([random()]));
  return 'authorization' in secret
    ? [path, { authorization: secret.authorization }]
    : [path, signedAs({ consumerKey: secret.consumer_key, consumerSecret: secret.consumer_secret }, path)];
}

const signedAs = (...[consumer, path, token]: SigningParts): Headers => ({
  authorization: signed(consumer, app.url + path, 'GET', token),
});
type SigningParts = [
  consumer: Parameters<typeof signed>[0],
  path: string,
  token?: { readonly key: string; readonly secret: string },
];

const tryWrong = (address: string, of = app, where: SurfaceName | 'admin' = 'polls'): Promise<Answer> => {
  const [path, headers] = wrongCall(where);
  return ask(address, path, headers, of);
};

/** One after the other, so that it is known which come first. */
async function times(count: number, one: (index: number) => Promise<Answer>): Promise<number[]> {
  const statuses = [];
  for (let index = 0; index < count; index++) statuses.push((await one(index)).status);
  return statuses;
}

/** An address that is over its ceiling and has used up its look-ups of the moment. */
async function overCeiling(of = app): Promise<string> {
  const address = newAddress();
  await times(CEILING, () => tryWrong(address, of));
  await Promise.all(Array.from({ length: 10 }, () => tryWrong(address, of)));
  return address;
}

const TOLD = [...Array<number>(CEILING).fill(401), 429, 429];

describe('wrong credentials from one address', () => {
  it.each(['admin', ...SURFACE_NAMES] as const)('are told so often only, at %s', async (where) => {
    const address = newAddress();
    expect(await times(CEILING + 2, () => tryWrong(address, app, where))).toEqual(TOLD);
    const last = await tryWrong(address, app, where);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(30);
    expect(last.text).toContain('Too many wrong credentials came from this address.');
  });

  it('are refused in the words of each product', async () => {
    const address = await overCeiling();
    const shown = async (where: SurfaceName | 'admin'): Promise<unknown> =>
      (await tryWrong(address, app, where)).json;
    const message = 'Too many wrong credentials came from this address.';
    expect(await shown('training')).toEqual({
      result: 'failure',
      error: { type: 'TooManyRequests', message },
    });
    expect(await shown('spaces')).toMatchObject({ meta: { status_code: 429, message }, data: {} });
    expect(await shown('polls')).toEqual({ status: 429, message });
    expect(await shown('companies')).toEqual({ message });
    expect(await shown('admin')).toMatchObject({ status: 429, title: 'Too Many Requests', detail: message });
  });

  it('count together, wherever they are tried', async () => {
    const address = newAddress();
    const places = ['admin', ...SURFACE_NAMES] as const;
    expect(places).toHaveLength(CEILING);
    expect(await times(CEILING, (index) => tryWrong(address, app, places[index]))).toEqual(
      TOLD.slice(0, CEILING),
    );
    for (const where of places) expect((await tryWrong(address, app, where)).status).toBe(429);
    expect((await tryWrong(newAddress())).status).toBe(401);
  });

  it('count in all processes together', async () => {
    const second = await bootApp({ ...SETTINGS, databaseUrl: app.databaseUrl });
    try {
      const address = newAddress();
      expect(await times(CEILING, (index) => tryWrong(address, index % 2 === 0 ? app : second))).toEqual(
        TOLD.slice(0, CEILING),
      );
      expect((await tryWrong(address, app)).status).toBe(429);
      expect((await tryWrong(address, second)).status).toBe(429);
    } finally {
      await second.close();
    }
  });

  it('cost no statement over the ceiling but for a few look-ups', async () => {
    const address = await overCeiling();
    const before = app.open.database.statementCount;
    const flood = await Promise.all(
      Array.from({ length: 100 }, (_, index) => tryWrong(address, app, index % 2 === 0 ? 'polls' : 'realms')),
    );
    expect(flood.map(({ status }) => status)).toEqual(Array<number>(100).fill(429));
    expect(app.open.database.statementCount - before).toBeLessThan(20);
    const calm = app.open.database.statementCount;
    await times(20, () => tryWrong(address, app, 'admin'));
    expect(app.open.database.statementCount).toBe(calm);
  });

  it('stay 401 where they cannot be counted', async () => {
    const rename = (from: string, to: string): Promise<unknown> =>
      app.open.pool.query(`ALTER TABLE tenancy.${from} RENAME TO ${to}`);
    await rename('attempt_windows', 'elsewhere');
    try {
      expect((await tryWrong(newAddress())).status).toBe(401);
      expect((await tryWrong(newAddress(), app, 'admin')).status).toBe(401);
    } finally {
      await rename('elsewhere', 'attempt_windows');
    }
  });
});

describe('an address over its ceiling', () => {
  const polls = '/v2/events';

  it('goes on with the admin token', async () => {
    expect((await ask(await overCeiling(), '/admin/v1/organizations', ADMIN_HEADERS)).status).toBe(200);
  });

  it('goes on with credentials that are in use, whatever else comes from there', async () => {
    const headers = { authorization: await givenKey(app, tenant, { surface: 'polls' }) };
    const consumer = await givenConsumer(app, tenant, tenant.member.id);
    const realms = '/v1/users/me/calendar';
    await ask(newAddress(), polls, headers);
    await ask(newAddress(), realms, signedAs(consumer, realms));
    const address = await overCeiling();
    for (let round = 0; round < 4; round++) {
      // What is remembered is forgotten from time to time, and whenever anything changes.
      if (round === 2)
        await app.open.pool.query(`SELECT pg_notify('quintet_credentials', $1)`, [String(tenant.id)]);
      const [mine, signedMine] = await Promise.all([
        ask(address, polls, headers),
        ask(address, realms, signedAs(consumer, realms)),
        ...Array.from({ length: 20 }, () => tryWrong(address)),
      ]);
      expect([mine.status, signedMine.status]).toEqual([200, 200]);
    }
  });

  it('gets in with a credential that nobody used yet, a moment after the flood', async () => {
    const address = await overCeiling();
    const headers = { authorization: await givenKey(app, tenant, { surface: 'polls' }) };
    expect((await ask(address, polls, headers)).status).toBe(429);
    await new Promise((resume) => setTimeout(resume, 300));
    expect((await ask(address, polls, headers)).status).toBe(200);
  });

  it('is asked for a credential where it brings none', async () => {
    const address = await overCeiling();
    for (const where of ['admin', ...SURFACE_NAMES] as const) {
      expect((await ask(address, wrongCall(where)[0])).status).toBe(401);
    }
  });
});

describe('what does not count as wrong', () => {
  /** Whether an address is still told that a wrong credential is wrong. */
  const isWithin = async (address: string): Promise<boolean> => (await tryWrong(address)).status === 401;

  it('is a request without a credential', async () => {
    const address = newAddress();
    expect(await times(CEILING + 2, () => ask(address, '/v2/events'))).toEqual(
      Array<number>(CEILING + 2).fill(401),
    );
    expect(await isWithin(address)).toBe(true);
  });

  it('is a right credential, also one that lacks a scope or is over its own ceiling', async () => {
    const address = newAddress();
    const lacking = { authorization: await givenCompaniesKey(app, tenant, ['companies:read']) };
    const scope = await times(CEILING + 2, () => ask(address, '/api/v1/none/events', lacking));
    expect(scope).toEqual(Array<number>(CEILING + 2).fill(403));
    const { authorization } = await givenTrainingClient(app);
    const rate = await times(CEILING + 4, () => ask(address, '/api/v1/classes', { authorization }));
    expect(rate.slice(-CEILING)).toEqual(Array<number>(CEILING).fill(429));
    expect(await isWithin(address)).toBe(true);
  });

  it('is a signature of a clock that is off, or one that came before', async () => {
    const address = newAddress();
    const path = '/v1/users/me/calendar';
    const consumer = await givenConsumer(app, tenant, tenant.member.id);
    const headers = signedAs(consumer, path);
    const replays = await times(CEILING + 2, () => ask(address, path, headers));
    expect(replays).toEqual([200, ...Array<number>(CEILING + 1).fill(401)]);
    const plain = (timestamp: number): string =>
      `OAuth oauth_consumer_key="${consumer.consumerKey}", oauth_signature_method="PLAINTEXT", ` +
      `oauth_signature="${consumer.consumerSecret}%26", oauth_timestamp="${timestamp}", oauth_nonce="${random()}"`;
    const late = await times(CEILING + 2, () => ask(address, path, { authorization: plain(1_000_000_000) }));
    expect(late).toEqual(Array<number>(CEILING + 2).fill(401));
    expect(await isWithin(address)).toBe(true);
  });
});

describe('what counts as wrong', () => {
  it.each<[string, () => Promise<(path: string) => Headers>]>([
    [
      'a wrong signature',
      async () => {
        const { consumerKey } = await givenConsumer(app, tenant);
        return (path) => signedAs({ consumerKey, consumerSecret: 'wrong' }, path);
      },
    ],
    [
      'an unknown token',
      async () => {
        const consumer = await givenConsumer(app, tenant);
        return (path) => signedAs(consumer, path, { key: random(), secret: 'x' });
      },
    ],
    [
      'an expired key',
      async () => {
        const consumer = await givenConsumer(app, tenant, tenant.member.id, '2020-01-01');
        return (path) => signedAs(consumer, path);
      },
    ],
  ])('is %s', async (_, given) => {
    const [address, headersFor] = [newAddress(), await given()];
    const path = '/v1/users/me/calendar';
    expect(await times(CEILING + 2, () => ask(address, path, headersFor(path)))).toEqual(TOLD);
  });

  it('is a key of another organization', async () => {
    const address = newAddress();
    const key = await givenKey(app, tenant);
    const headers = { authorization: `Bearer somebody-else:${key}` };
    expect(await times(CEILING + 2, () => ask(address, '/api/v1/classes', headers))).toEqual(TOLD);
  });

  it('is a browser session that there is not', async () => {
    const address = newAddress();
    const visit = (): Promise<Answer> =>
      ask(address, '/admin/mail', { cookie: `__Host-quintet_session=${random()}`, accept: 'text/html' });
    const statuses = await times(CEILING, visit);
    expect(statuses).toEqual(TOLD.slice(0, CEILING));
    const flood = await Promise.all(Array.from({ length: 10 }, visit));
    expect(flood.map(({ status }) => status)).toEqual(Array<number>(10).fill(429));
  });
});
