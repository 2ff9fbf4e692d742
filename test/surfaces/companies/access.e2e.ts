import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CompanyScope } from '../../../src/surfaces/companies/companies.credential.js';
import { RESERVED_SEGMENTS } from '../../../src/http/reserved-segments.js';
import { ADMIN_TOKEN, type TestApp } from '../../support/app.js';
import {
  anOfflineEvent,
  bootCompanies,
  created,
  givenCompaniesClient,
  givenCompaniesKey,
  givenCompany,
  type CompaniesClient,
} from '../../support/companies.js';
import { call, type Answer, type Call } from '../../support/http.js';
import { givenKey } from '../../support/tenant.js';

/** First segments below `/api/v1` that belong to another product. */
const OF_TRAINING: ReadonlySet<string> = new Set([
  'events',
  'classes',
  'members',
  'health',
  'ondemand',
  'partners',
  'subscriptions',
]);

let app: TestApp;
let client: CompaniesClient;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app);
  await created(client, anOfflineEvent({ name: 'Launch' }));
  await client('/events/launch/cohosts', { body: { name: 'Partner' } });
});
afterAll(() => app.close());

interface Route {
  readonly name: string;
  readonly needs: readonly CompanyScope[];
  /** Below `/api/v1`; `COMPANY` and `COHOST` stand for ids. */
  readonly path: string;
  readonly request: Call;
  readonly status: number;
}

const ROUTES: readonly Route[] = [
  { name: 'list companies', needs: ['companies:read'], path: '/companies', request: {}, status: 200 },
  { name: 'show a company', needs: ['companies:read'], path: '/companies/COMPANY', request: {}, status: 200 },
  { name: 'list events', needs: ['events:read'], path: '/COMPANY/events', request: {}, status: 200 },
  { name: 'show an event', needs: ['events:read'], path: '/COMPANY/events/launch', request: {}, status: 200 },
  {
    name: 'create an event',
    needs: ['events:read', 'events:create'],
    path: '/COMPANY/events/create',
    request: { body: anOfflineEvent() },
    status: 201,
  },
  {
    name: 'update an event',
    needs: ['events:read', 'events:update'],
    path: '/COMPANY/events/launch',
    request: { method: 'PATCH', body: { locale: 'nl' } },
    status: 200,
  },
  {
    name: 'add a cohost',
    needs: ['events:read', 'events:update'],
    path: '/COMPANY/events/launch/cohosts',
    request: { body: { name: 'x' } },
    status: 200,
  },
  {
    name: 'update a cohost',
    needs: ['events:read', 'events:update'],
    path: '/COMPANY/events/launch/cohosts/COHOST',
    request: { method: 'PATCH', body: { name: 'y' } },
    status: 200,
  },
  {
    name: 'delete a cohost',
    needs: ['events:read', 'events:update'],
    path: '/COMPANY/events/launch/cohosts/COHOST',
    request: { method: 'DELETE' },
    status: 200,
  },
  {
    name: 'read the event page',
    needs: ['events:read'],
    path: '/COMPANY/event/launch/page',
    request: {},
    status: 200,
  },
  {
    name: 'write the event page',
    needs: ['events:read', 'events:update'],
    path: '/COMPANY/event/launch/page',
    request: { body: { tagline: 'x' } },
    status: 200,
  },
];

async function ask(route: Route, authorization: string, company = client.company.id): Promise<Answer> {
  const { cohosts } = (await client('/events/launch')).json.data as { cohosts: { id: string }[] };
  const path = route.path.replace('COMPANY', company).replace('COHOST', cohosts[0]?.id ?? 'none');
  return call(`${app.url}/api/v1${path}`, { ...route.request, headers: { authorization } });
}

describe.each(ROUTES)('to $name', (route) => {
  it('its scopes are enough', async () => {
    await client('/events/launch/cohosts', { body: { name: 'Partner' } });
    const answer = await ask(route, await givenCompaniesKey(app, client.tenant, route.needs));
    expect([answer.status, answer.text]).toEqual([route.status, answer.text]);
  });

  it.each<CompanyScope[][]>([
    [[]],
    [['events:read']],
    [['events:create']],
    [['events:update']],
    [['companies:read']],
    [['user:read']],
  ])(
    'the scopes %j alone are enough only where nothing else is needed; a 403 names what is missing',
    async (scopes) => {
      const missing = route.needs.filter((scope) => !scopes.includes(scope));
      const answer = await ask(route, await givenCompaniesKey(app, client.tenant, scopes));
      expect(answer.status).toBe(missing.length === 0 ? route.status : 403);
      if (missing.length > 0) {
        expect(Object.keys(answer.json)).toEqual(['message']);
        for (const scope of missing) expect(answer.json.message).toContain(scope);
        for (const scope of scopes) expect(answer.json.message).not.toContain(scope);
      }
    },
  );

  it('a credential is needed: 401 Unauthenticated.', async () => {
    for (const authorization of ['', 'Bearer nobody', 'Basic YTpi']) {
      const answer = await ask(route, authorization);
      expect([answer.status, answer.json]).toEqual([401, { message: 'Unauthenticated.' }]);
    }
    const training = await givenKey(app, client.tenant, { surface: 'training' });
    expect((await ask(route, `Bearer ${training}`)).status).toBe(401);
  });
});

const OF_A_COMPANY = ROUTES.filter(({ path }) => path.startsWith('/COMPANY'));

describe.each(OF_A_COMPANY)('to $name', (route) => {
  it('a company of another organization answers as one that does not exist, and as what cannot be an id: 403', async () => {
    const theirs = await givenCompaniesClient(app);
    const answers = await Promise.all(
      [theirs.company.id, 'Zz00Zz00Zz00', 'no-sqid', '%00', '1'].map((company) =>
        ask(route, client.authorization, company),
      ),
    );
    const [foreign, ...others] = answers.map(({ status, json }) => ({ status, json: json as unknown }));
    expect(foreign).toEqual({ status: 403, json: { message: expect.stringContaining('company') } });
    for (const other of others) expect(other).toEqual(foreign);
  });

  it('a company whose plan lacks USE_API answers 403 that names the plan', async () => {
    const closed = await givenCompany(app, client.tenant, { useApi: false });
    const answer = await ask(route, client.authorization, closed.id);
    expect([answer.status, answer.json]).toEqual([403, { message: expect.stringContaining('USE_API') }]);
  });

  it('the scope is looked at before the company', async () => {
    const answer = await ask(route, await givenCompaniesKey(app, client.tenant, []), 'unknown');
    expect(answer.json.message).toContain('events:read');
  });
});

describe('a word of our own addresses where a company would stand', () => {
  const create = (word: string, authorization: string): Promise<Answer> =>
    call(`${app.url}/api/v1/${word}/events/create`, { headers: { authorization }, body: anOfflineEvent() });
  const count = async (): Promise<unknown> =>
    (await app.open.pool.query(`SELECT count(*) FROM companies.events`)).rows;

  it.each([...RESERVED_SEGMENTS].filter((word) => !OF_TRAINING.has(word)))(
    'is a company that nobody has, to who is let in: %s',
    async (word) => {
      const before = await count();
      expect((await create(word, 'Bearer nobody')).status).toBe(401);
      const answer = await create(word, client.authorization);
      expect([answer.status, answer.json]).toEqual([403, { message: expect.stringContaining('company') }]);
      expect(await count()).toEqual(before);
    },
  );

  it.each([...OF_TRAINING])('belongs to training events, whose words refuse it: %s', async (word) => {
    const before = await count();
    for (const authorization of ['', client.authorization]) {
      const answer = await create(word, authorization);
      expect([answer.status, answer.json]).toEqual([
        404,
        { result: 'failure', error: expect.objectContaining({ message: expect.any(String) }) },
      ]);
    }
    expect(await count()).toEqual(before);
  });
});

describe('the plan', () => {
  const switchTo = (useApi: boolean, company: number): Promise<unknown> =>
    app.open.pool.query(`UPDATE companies.companies SET use_api = $1 WHERE id = $2`, [useApi, company]);

  it('closes and opens a company that is in use, within a second, and leaves it out of the list while closed', async () => {
    const other = await givenCompaniesClient(app);
    const companies = async (): Promise<unknown> =>
      (await call(`${app.url}/api/v1/companies`, { headers: { authorization: other.authorization } })).json;
    expect((await other('/events')).status).toBe(200);
    await switchTo(false, other.company.number);
    await expect(eventually(async () => (await other('/events')).status, 403)).resolves.toBe(403);
    expect(await companies()).toMatchObject({
      data: [],
      meta: { total: 0, from: null, to: null, last_page: 1 },
    });
    await switchTo(true, other.company.number);
    await expect(eventually(async () => (await other('/events')).status, 200)).resolves.toBe(200);
    expect(await companies()).toMatchObject({ data: [{ id: other.company.id }], meta: { total: 1 } });
  });
});

describe('the admin API', () => {
  const admin = (path: string, request: Call = {}): Promise<Answer> =>
    call(`${app.url}/admin/v1/organizations/${client.tenant.id}/companies${path}`, {
      ...request,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });

  it('makes a company that the API knows under the same id, and closes it by use_api', async () => {
    const made = (await admin('', { body: { name: 'Made Ltd.', time_zone: 'Asia/Tokyo' } })).json as {
      id: string;
    };
    const events = (): Promise<Answer> =>
      call(`${app.url}/api/v1/${made.id}/events`, { headers: { authorization: client.authorization } });
    expect((await events()).status).toBe(200);
    await admin(`/${made.id}`, { method: 'PATCH', body: { use_api: false } });
    await expect(eventually(async () => (await events()).status, 403)).resolves.toBe(403);
  });

  it('does not delete a company that has events: 409', async () => {
    const answer = await admin(`/${client.company.id}`, { method: 'DELETE' });
    expect([answer.status, answer.json.detail]).toEqual([409, expect.stringContaining('events')]);
  });
});

describe('a credential', () => {
  it('reaches all companies of its organization', async () => {
    const second = await givenCompany(app, client.tenant);
    const answer = await call(`${app.url}/api/v1/${second.id}/events`, {
      headers: { authorization: client.authorization },
    });
    expect([answer.status, answer.json.meta.total]).toEqual([200, 0]);
  });
});

async function eventually<T>(ask: () => Promise<T>, wanted: T): Promise<T> {
  const deadline = Date.now() + 1000;
  for (;;) {
    const answer = await ask();
    if (answer === wanted || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
