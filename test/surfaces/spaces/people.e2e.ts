import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenKey } from '../../support/tenant.js';
import {
  aBooking,
  givenClientOf,
  givenMember,
  givenSpacesClient,
  times,
  type SpacesClient,
} from '../../support/spaces.js';
import { call, type Answer } from '../../support/http.js';

let app: TestApp;
let client: SpacesClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenSpacesClient(app);
});
afterAll(() => app.close());

type Json = Record<string, unknown>;

const STAMP = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
const ids = ({ json }: Answer): unknown[] => (json as { data: Json[] }).data.map(({ id }) => id);
const slugOf = async (id: number): Promise<unknown> =>
  (await client(`/users/${id}`)).json.data.slug as unknown;

describe('the access token', () => {
  it('is described without the token itself: whose it is, and until when', async () => {
    const { tenant } = client;
    const answer = await client('/auth');
    expect([answer.status, answer.json.data]).toEqual([
      200,
      {
        access_token: null,
        account_id: tenant.member.id,
        user_id: tenant.member.id,
        organization_id: tenant.id,
        scopes: ['basic_read', 'basic_write'],
        expire_at: null,
        created_at: STAMP,
      },
    ]);
    const key = await givenKey(app, tenant, { surface: 'spaces', expiresAt: '2090-02-03T04:05:06Z' });
    const limited = await call(`${app.url}/v1.0/auth?access_token=${key}`);
    expect(limited.json.data).toMatchObject({
      account_id: null,
      user_id: null,
      organization_id: tenant.id,
      expire_at: '2090-02-03T04:05:06+0000',
    });
    expect(limited.text).not.toContain(key);
  });

  it('is needed: without one, 401', async () => {
    expect((await call(`${app.url}/v1.0/auth`)).status).toBe(401);
  });

  it('is of one organization, which it lists even when it belongs to nobody', async () => {
    const nobody = await givenClientOf(app, client.tenant, null);
    for (const who of [client, nobody]) {
      const answer = await who('/me/organizations');
      expect(answer.json.data).toEqual([(await client(`/organizations/${client.tenant.id}`)).json.data]);
      expect(answer.json.paging).toEqual({ page: 1, per_page: 10 });
      expect((await who('/me/organizations?page=2')).json).not.toHaveProperty('paging');
    }
  });
});

describe('my recent events', () => {
  it('are those of mine that are over, the last first; nobody has none', async () => {
    const own = await givenSpacesClient(app);
    const at = (hours: number): object => ({
      date_time: new Date(Date.now() + hours * 3_600_000).toISOString(),
    });
    const book = async (title: string, from: number, to: number, more: Json = {}): Promise<void> => {
      const body = { title, start: at(from), end: at(to), ...more };
      expect((await own(`/spaces/${own.spaceId}/events`, { body })).status).toBe(201);
    };
    await book('first', -9, -8);
    await book('second', -7, -6);
    await book('on', -1, 1);
    await book('later', 2, 3);
    const boss = await givenClientOf(app, own.tenant, null);
    const body = { title: 'of others', start: at(-5), end: at(-4), invitees: [] };
    expect((await boss(`/spaces/${own.spaceId}/events`, { body })).status).toBe(201);
    const titles = (answer: Answer): unknown[] =>
      (answer.json as { data: Json[] }).data.map(({ title }) => title);
    expect(titles(await own('/me/events/recent'))).toEqual(['second', 'first']);
    expect(titles(await own('/me/events/recent?per_page=1&page=2'))).toEqual(['first']);
    expect((await boss('/me/events/recent')).status).toBe(404);
  });
});

describe('a user', () => {
  it('has a slug made from the name, else from the address; the second of one name gets a number', async () => {
    const cases: [string, string | null, string][] = [
      ['one@example.org', 'Grace Hopper', 'grace-hopper'],
      ['two@example.org', 'Grace Hopper', 'grace-hopper-2'],
      ['three@example.org', ' grace  HOPPER! ', 'grace-hopper-3'],
      ['joerg@example.org', 'Jörg Müßig', 'jorg-mussig'],
      ['o.brien@example.org', "Conan O'Brien", 'conan-obrien'],
      ['linus.torvalds@example.org', null, 'linus-torvalds'],
      ['yukihiro@example.org', '松本', 'yukihiro'],
      ['12@example.org', '1234', 'user-1234'],
      ['me@example.org', 'Me', 'user-me'],
      ['77@example.org', null, 'user-77'],
      ['_@example.org', null, 'user'],
    ];
    for (const [email, name, slug] of cases) {
      const id = await givenMember(app, client.tenant, email, { name });
      expect([email, await slugOf(id)]).toEqual([email, slug]);
      expect((await client(`/users/${slug}`)).json.data.id).toBe(id);
    }
  });

  it('gets a slug of its own among many who are added at the same moment', async () => {
    const added = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        givenMember(app, client.tenant, `twin${n}@example.org`, { name: 'Twin' }),
      ),
    );
    const slugs = await Promise.all(added.map(slugOf));
    expect(slugs.sort()).toEqual(['twin', 'twin-2', 'twin-3', 'twin-4', 'twin-5', 'twin-6']);
  });

  it('may have the slug of a user of another organization', async () => {
    const other = await givenSpacesClient(app);
    expect((await other('/users/ada-lovelace')).json.data.id).toBe(other.tenant.member.id);
    expect((await client('/users/ada-lovelace')).json.data.id).toBe(client.tenant.member.id);
  });

  it('is shown by id or slug, also below the organization', async () => {
    const { tenant } = client;
    const me = (await client('/me')).json.data as Json;
    for (const path of [
      `/users/${tenant.member.id}`,
      '/users/ada-lovelace',
      `/organizations/${tenant.id}/users/${tenant.member.id}`,
      `/organizations/${tenant.slug}/users/ada-lovelace`,
      '/accounts/ada-lovelace',
    ])
      expect([path, (await client(path)).json.data]).toEqual([path, me]);
    for (const path of [
      '/users/nobody',
      '/users/1999999',
      '/users/99999999999',
      '/users/%00',
      `/organizations/${tenant.id}/users/nobody`,
      `/organizations/${tenant.id}/users/1999999`,
      '/accounts/nobody',
      '/accounts/%00',
    ])
      expect([path, (await client(path)).status]).toEqual([path, 404]);
  });

  it('gives way to the organization where an account is asked for by slug or number', async () => {
    const own = await givenSpacesClient(app);
    const id = await givenMember(app, own.tenant, 'x@example.org', { name: own.tenant.slug });
    expect((await own(`/users/${own.tenant.slug}`)).json.data.id).toBe(id);
    const organization = (await own(`/organizations/${own.tenant.slug}`)).json.data as Json;
    expect((await own(`/accounts/${own.tenant.slug}`)).json.data).toEqual(organization);
    expect((await own(`/accounts/${own.tenant.id}`)).json.data).toEqual(organization);
  });
});

describe('the users of an organization', () => {
  it('can be narrowed to a text in name or address, in any case, and to ids', async () => {
    const own = await givenSpacesClient(app);
    const reader = await givenClientOf(app, own.tenant, own.tenant.member.id);
    const grace = await givenMember(app, own.tenant, 'hopper@navy.example', { name: 'Grace' });
    const alan = await givenMember(app, own.tenant, 'alan@example.org', { name: 'Al_n 100%' });
    const path = `/organizations/${own.tenant.slug}/users`;
    const { id: ada } = own.tenant.member;
    expect(ids(await reader(path))).toEqual([ada, grace, alan]);
    expect(ids(await reader(`${path}?query=LOVE`))).toEqual([ada]);
    expect(ids(await reader(`${path}?query=Navy.`))).toEqual([grace]);
    expect(ids(await reader(`${path}?query=%25`))).toEqual([alan]);
    expect(ids(await reader(`${path}?query=_`))).toEqual([alan]);
    expect(ids(await reader(`${path}?ids=${ada},${alan},1999999`))).toEqual([ada, alan]);
    expect(ids(await reader(`${path}?query=a&ids=${grace}`))).toEqual([grace]);
    expect(ids(await reader(`${path}?per_page=1&page=2`))).toEqual([grace]);
    expect(ids(await reader(`${path}?query=zzz`))).toEqual([]);
    const refused = await reader(`${path}?ids=x`);
    expect([refused.status, Object.keys(refused.json.meta.more_info)]).toEqual([400, ['ids']]);
  });

  it('who administer it are its managers', async () => {
    const own = await givenSpacesClient(app);
    const path = `/organizations/${own.tenant.id}/managers`;
    expect((await own(path)).json.data).toEqual([]);
    const boss = await givenMember(app, own.tenant, 'boss@example.org', { isAdmin: true });
    expect((await own(path)).json.data).toEqual([(await own(`/users/${boss}`)).json.data]);
  });
});

describe('lists of events by how they came to be', () => {
  it('hold only the asked kinds, whatever they are lists of', async () => {
    const own = await givenSpacesClient(app);
    const kinds = ['synced', 'manual', 'automatic'];
    for (const [index, kind] of kinds.entries())
      await own(`/spaces/${own.spaceId}/events`, {
        body: aBooking({ title: kind, creation_type: kind, ...times('2031-03-05', 9 + index) }),
      });
    const window = 'after=2031-03-05T00:00:00Z&before=2031-03-06T00:00:00Z';
    for (const path of [
      `/spaces/${own.spaceId}/events`,
      `/locations/${own.locationId}/events`,
      `/users/${own.tenant.member.id}/events`,
      '/me/events',
    ])
      for (const bounds of ['', `&${window}`]) {
        const titles = async (kind: string): Promise<unknown[]> =>
          ((await own(`${path}?creation_type=${kind}${bounds}`)).json as { data: Json[] }).data.map(
            ({ title }) => title,
          );
        expect([path, await titles('manual')]).toEqual([path, ['manual']]);
        expect([path, await titles('automatic,%20synced')]).toEqual([path, ['synced', 'automatic']]);
        expect([path, await titles('')]).toEqual([path, kinds]);
        const refused = await own(`${path}?creation_type=manual,magic${bounds}`);
        expect([refused.status, Object.keys(refused.json.meta.more_info)]).toEqual([400, ['creation_type']]);
      }
  });
});

describe('changing', () => {
  const patch = (who: (path: string, request: object) => Promise<Answer>, path: string, body: Json) =>
    who(path, { method: 'PATCH', body });

  it('oneself changes name, zone and language; address, rights and slug stay', async () => {
    const own = await givenSpacesClient(app);
    await app.open.pool.query(
      `UPDATE tenancy.members SET created_at = '2025-01-02T03:04:05Z' WHERE id = $1`,
      [own.tenant.member.id],
    );
    const before = (await own('/me')).json.data as Json;
    expect(before.updated_at).toBe('2025-01-02T03:04:05+0000');
    expect((await patch(own, '/me', { is_admin: true })).json.data).toEqual(before);
    const answer = await patch(own, '/me', {
      name: 'Ada King',
      time_zone: 'Europe/London',
      locale: 'en-GB',
      email: 'other@example.org',
      is_admin: true,
      slug: 'x',
    });
    const after = { ...before, name: 'Ada King', time_zone: 'Europe/London', locale: 'en-GB' };
    expect([answer.status, answer.json.data]).toEqual([200, { ...after, updated_at: STAMP }]);
    expect((answer.json.data.updated_at as string) > '2026').toBe(true);
    expect((await own('/me')).json.data).toEqual(answer.json.data);
    expect((await patch(own, '/me', { locale: null })).json.data).toMatchObject({
      name: 'Ada King',
      time_zone: 'Europe/London',
      locale: null,
    });
    expect((await own(`/organizations/${own.tenant.id}/managers`)).json.data).toEqual([]);
  });

  it('oneself with faulty values is refused by 400 naming all of them; nobody by 404', async () => {
    const body = { name: 7, time_zone: 'Nowhere', locale: '??' };
    const refused = await patch(client, '/me', body);
    expect([refused.status, Object.keys(refused.json.meta.more_info)]).toEqual([
      400,
      ['name', 'time_zone', 'locale'],
    ]);
    const nobody = await givenClientOf(app, client.tenant, null);
    for (const given of [{ name: 'x' }, body]) expect((await patch(nobody, '/me', given)).status).toBe(404);
  });

  it('the organization is for administrators, and the slug stays', async () => {
    const own = await givenSpacesClient(app);
    const boss = await givenClientOf(app, own.tenant, null);
    const path = `/organizations/${own.tenant.slug}`;
    const before = (await own(path)).json.data as Json;
    const body = { name: 'Analytical Engines', time_zone: 'Europe/Berlin', slug: 'engines' };
    const answer = await patch(boss, path, body);
    expect([answer.status, answer.json.data]).toEqual([
      200,
      { ...before, name: 'Analytical Engines', time_zone: 'Europe/Berlin', updated_at: STAMP },
    ]);
    expect((await own(path)).json.data).toEqual(answer.json.data);
    expect(
      (await patch(boss, `/organizations/${own.tenant.id}`, { time_zone: null })).json.data,
    ).toMatchObject({
      name: 'Analytical Engines',
      time_zone: 'UTC',
    });
    for (const given of [body, { name: null }]) expect((await patch(own, path, given)).status).toBe(403);
    const faulty = await patch(boss, path, { name: null, time_zone: 'x' });
    expect([faulty.status, Object.keys(faulty.json.meta.more_info)]).toEqual([400, ['name', 'time_zone']]);
    for (const given of [body, {}, { name: null }]) {
      const foreign = await patch(boss, `/organizations/${client.tenant.slug}`, given);
      expect(foreign.status).toBe(404);
    }
  });
});

describe('what the organization’s people are the admin API’s for', () => {
  it.each([
    ['POST', '/organizations/:o/users', 405],
    ['DELETE', '/organizations/:o/users/1', 405],
    ['DELETE', '/me', 405],
    ['DELETE', '/organizations/:o', 405],
    ['POST', '/organizations', 404],
    ['POST', '/me/email', 404],
    ['PUT', '/me/password', 404],
  ])('%s %s is %s', async (method, path, status) => {
    const answer = await client(path.replace(':o', client.tenant.slug), { method });
    expect([answer.status, answer.json.meta.status_code]).toEqual([status, status]);
  });
});

describe('signing in with an address and a password', () => {
  const signIn = (email: string, password: string, body?: Json): Promise<Answer> =>
    call(`${app.url}/v1.0/auth/users`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}` },
      ...(body !== undefined && { body }),
    });
  const tokenOf = ({ authorization }: { readonly authorization: string }): string =>
    authorization.replace('Access-Token ', '');

  it('takes an access token of that user for the password, and gives it back', async () => {
    const { member, slug, id } = client.tenant;
    const token = tokenOf(client);
    const expected = {
      access_token: token,
      account_id: member.id,
      expire_at: null,
      scopes: ['basic_read', 'basic_write'],
    };
    for (const body of [undefined, {}, { remember_me: true }, { organization: slug }, { organization: id }]) {
      const answer = await signIn(member.email, token, body);
      expect([answer.status, answer.json.data]).toEqual([200, expected]);
    }
    expect((await signIn(member.email.toUpperCase(), token)).status).toBe(200);
    const expiresAt = '2090-02-03T04:05:06Z';
    const limited = await givenKey(app, client.tenant, { surface: 'spaces', memberId: member.id, expiresAt });
    expect((await signIn(member.email, limited)).json.data.expire_at).toBe('2090-02-03T04:05:06+0000');
  });

  it('is refused with the same words whatever else is sent', async () => {
    const { member } = client.tenant;
    const grace = await givenMember(app, client.tenant, 'grace.signs@example.org');
    const gracesToken = tokenOf(await givenClientOf(app, client.tenant, grace));
    const nobodysToken = tokenOf(await givenClientOf(app, client.tenant, null));
    const expiresAt = '2020-01-01T00:00:00Z';
    const expired = await givenKey(app, client.tenant, { surface: 'spaces', memberId: member.id, expiresAt });
    const ofAnotherSurface = await givenKey(app, client.tenant, { surface: 'polls', memberId: member.id });
    const answers = [
      await signIn(member.email, 'secret'),
      await signIn(member.email, ''),
      await signIn(member.email, gracesToken),
      await signIn(member.email, nobodysToken),
      await signIn(member.email, expired),
      await signIn(member.email, ofAnotherSurface),
      await signIn('unknown@example.org', tokenOf(client)),
      await signIn('', tokenOf(client)),
      await signIn('\0', tokenOf(client)),
      await signIn(member.email, 'secret', { organization: {} }),
      await call(`${app.url}/v1.0/auth/users`, { method: 'POST', headers: { authorization: 'Basic' } }),
      await call(`${app.url}/v1.0/auth/users`, { method: 'POST', headers: { authorization: 'Basic %%%' } }),
    ];
    for (const { status, json } of answers)
      expect([status, json.meta.message]).toEqual([
        403,
        'Passwords are not used here. Ask an administrator for an access token and send it as the password.',
      ]);
  });

  it('is refused to another organization than the own, and without Basic by 401', async () => {
    const other = await givenSpacesClient(app);
    const { member } = client.tenant;
    for (const organization of [other.tenant.slug, other.tenant.id, 'x'])
      expect((await signIn(member.email, tokenOf(client), { organization })).status).toBe(403);
    const faulty = await signIn(member.email, tokenOf(client), { organization: {} });
    expect([faulty.status, Object.keys(faulty.json.meta.more_info)]).toEqual([400, ['organization']]);
    for (const request of [
      { method: 'POST' },
      { method: 'POST', body: '{"a":' },
      { method: 'POST', headers: { authorization: client.authorization } },
    ]) {
      const answer = await call(`${app.url}/v1.0/auth/users`, request);
      expect([answer.status, answer.json.meta.status]).toEqual([401, 'UNAUTHORIZED']);
      expect(answer.headers.get('www-authenticate') ?? '').not.toMatch(/basic/i);
    }
  });
});
