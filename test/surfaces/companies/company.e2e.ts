import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { companyIdOf } from '../../../src/surfaces/companies/companies/company-id.js';
import { adminClient } from '../../support/admin.js';
import type { TestApp } from '../../support/app.js';
import {
  bootCompanies,
  givenCompaniesClient,
  givenCompaniesKey,
  givenCompany,
  type CompaniesClient,
} from '../../support/companies.js';
import { call, type Answer } from '../../support/http.js';

let app: TestApp;
let client: CompaniesClient;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app);
});
afterAll(() => app.close());

const show = (id: string, authorization = client.authorization): Promise<Answer> =>
  call(`${app.url}/api/v1/companies/${id}`, { headers: { authorization } });

const PROFILE = {
  logo: 'https://images.example.com/acme.svg',
  brand_color: '#1A73E8',
  privacy_policy: 'https://acme.example.com/privacy',
  tagline: 'We build rockets',
  url: 'https://acme.example.com',
};

describe('a company', () => {
  it('is shown as the list shows it, its profile null until it is set', async () => {
    const { id, slug } = client.company;
    const answer = await show(id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.json).toEqual({
      data: {
        id,
        slug,
        name: 'Acme',
        logo: null,
        brand_color: null,
        privacy_policy: null,
        tagline: null,
        url: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+00:00$/),
      },
    });
    const list = await call(`${app.url}/api/v1/companies`, {
      headers: { authorization: client.authorization },
    });
    expect(list.json.data).toEqual([answer.json.data]);
  });

  it('has the profile that the admin API gives it, and none when it is taken back', async () => {
    const other = await givenCompaniesClient(app);
    const admin = adminClient(app);
    const item = `/organizations/${other.tenant.id}/companies/${other.company.id}`;
    expect((await admin(item, { method: 'PATCH', body: PROFILE })).json).toMatchObject(PROFILE);
    expect((await show(other.company.id, other.authorization)).json.data).toMatchObject(PROFILE);
    const cleared = Object.fromEntries(Object.keys(PROFILE).map((name) => [name, null]));
    expect((await admin(item, { method: 'PATCH', body: cleared })).status).toBe(200);
    expect((await show(other.company.id, other.authorization)).json.data).toMatchObject(cleared);
    const created = await admin(`/organizations/${other.tenant.id}/companies`, {
      body: { name: 'Festa', ...PROFILE },
    });
    expect([created.status, created.json]).toEqual([201, expect.objectContaining(PROFILE)]);
  });

  it('takes only addresses and colours into its profile', async () => {
    const item = `/organizations/${client.tenant.id}/companies/${client.company.id}`;
    const answer = await adminClient(app)(item, {
      method: 'PATCH',
      body: { logo: 'javascript:x', brand_color: 'red', privacy_policy: 1, url: 'acme.example', tagline: [] },
    });
    expect(answer.status).toBe(422);
    expect(answer.json.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'brand_color',
      'logo',
      'privacy_policy',
      'tagline',
      'url',
    ]);
  });

  it('that is unknown, or another organization’s, is refused as on its other routes', async () => {
    const foreign = await givenCompaniesClient(app);
    for (const id of [foreign.company.id, companyIdOf(2_000_000_000), 'x', 'events']) {
      const answer = await show(id);
      expect([answer.status, answer.json]).toEqual([
        403,
        { message: 'The credential gives no access to this company.' },
      ]);
    }
  });

  it('whose plan does not include the API is refused', async () => {
    const { id } = await givenCompany(app, client.tenant, { useApi: false });
    expect([(await show(id)).status, (await show(id)).json.message]).toEqual([
      403,
      'The plan of this company does not include USE_API.',
    ]);
  });

  it('costs one statement', async () => {
    await show(client.company.id);
    const before = app.open.database.statementCount;
    await show(client.company.id);
    expect(app.open.database.statementCount - before).toBe(1);
  });
});

describe('the user of a credential', () => {
  const user = (authorization: string, path = '/user'): Promise<Answer> =>
    call(`${app.url}/api/v1${path}`, { headers: { authorization } });

  const membersKey = (scopes?: Parameters<typeof givenCompaniesKey>[2]): Promise<string> =>
    givenCompaniesKey(app, client.tenant, scopes, { isMembers: true });

  it('is its member', async () => {
    const answer = await user(await membersKey());
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      data: {
        id: expect.stringMatching(/^[0-9A-Za-z]{8,}$/),
        name: 'Ada Lovelace',
        email: 'ada@example.org',
        locale: null,
        timezone: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+00:00$/),
      },
    });
    await app.open.pool.query(
      `UPDATE tenancy.members SET locale = 'nl', time_zone = 'Europe/Amsterdam' WHERE id = $1`,
      [client.tenant.member.id],
    );
    expect((await user(await membersKey())).json.data).toEqual({
      ...answer.json.data,
      locale: 'nl',
      timezone: 'Europe/Amsterdam',
    });
  });

  it('may be read with user:read or companies:read', async () => {
    for (const scope of ['user:read', 'companies:read'] as const)
      expect((await user(await membersKey([scope]))).status).toBe(200);
    const refused = await user(await membersKey(['events:read']));
    expect([refused.status, refused.json]).toEqual([
      403,
      { message: 'The credential lacks the scope user:read or companies:read.' },
    ]);
  });

  it('does not exist for a credential of the organization itself', async () => {
    const answer = await user(client.authorization);
    expect([answer.status, answer.json]).toEqual([404, { message: 'The credential belongs to no member.' }]);
  });

  it.each(['/user/events', '/user/events/create', '/user/event/x/page', '/user/x'])(
    'is no company: there is nothing at %s',
    async (path) => {
      for (const authorization of [client.authorization, '']) {
        const answer = await user(authorization, path);
        expect([answer.status, answer.json]).toEqual([404, { message: 'There is nothing at this path.' }]);
      }
      const method = 'OPTIONS';
      expect((await call(`${app.url}/api/v1${path}`, { method })).status).toBe(404);
      expect((await call(`${app.url}/api/v1${path}`, { method: 'PUT' })).status).toBe(404);
    },
  );

  it('asks for a credential', async () => {
    expect((await user('')).status).toBe(401);
  });
});
