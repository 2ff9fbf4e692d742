import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';

type Body = Record<string, unknown>;

/** One resource of an organization, by its path, and bodies that make and change a row of it. */
interface Resource {
  readonly path: string;
  readonly create: Body;
  /** Of the answer to that body. */
  readonly created: Body;
  readonly change: Body;
  readonly changed: Body;
  /** A body with a fault in each of `faults`. */
  readonly faulty: Body;
  readonly faults: readonly string[];
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Everything that a fresh organization is given first, so that each resource has something to lie in. */
async function givenGround(organization: AdminClient): Promise<Resource[]> {
  await organization('/members', { body: { email: 'ada@example.org', name: 'Ada' } });
  const location = (await organization('/locations', { body: { name: 'Old Mill' } })).json.id as number;
  const other = (await organization('/locations', { body: { name: 'New Mill' } })).json.id as number;
  const district = (await organization('/realms', { body: { kind: 'district', name: 'North' } })).json
    .id as number;
  const section = (await organization('/realms', { body: { kind: 'section', name: '7b' } })).json
    .id as number;
  return [
    {
      path: '/members',
      create: { email: 'Grace@Example.org', name: 'Grace', time_zone: 'America/New_York', locale: 'en-US' },
      created: { email: 'Grace@Example.org', name: 'Grace', is_admin: false, locale: 'en-US' },
      change: { is_admin: true, name: null, locale: 'de' },
      changed: { is_admin: true, name: null, locale: 'de', time_zone: 'America/New_York' },
      faulty: { email: 'none', time_zone: 'Nowhere', locale: 'not a tag', is_admin: 'yes' },
      faults: ['email', 'is_admin', 'locale', 'time_zone'],
    },
    {
      path: '/credentials',
      create: {
        surface: 'spaces',
        member: 'ADA@example.org',
        label: 'sync',
        scopes: ['read', 'read', 'write'],
      },
      created: { surface: 'spaces', member: 'ada@example.org', label: 'sync', scopes: ['read', 'write'] },
      change: { label: null, scopes: null, envelope: true, expires_at: '2031-01-01T00:00:00+02:00' },
      changed: { label: null, scopes: [], envelope: true, expires_at: '2030-12-31T22:00:00.000Z' },
      faulty: { surface: 'pigeons', member: 'none', scopes: ['a b'], expires_at: '2031-02-30', label: 7 },
      faults: ['expires_at', 'label', 'member', 'scopes', 'surface'],
    },
    {
      path: '/classes',
      create: { name: 'Weaving', owner: 'ada@example.org', description: 'By hand.' },
      created: { id: expect.stringMatching(/^\w{17}$/), name: 'Weaving', owner: 'ada@example.org' },
      change: { name: 'Spinning', owner: null },
      changed: { name: 'Spinning', owner: null, description: 'By hand.' },
      faulty: { name: '', owner: 'none', description: false },
      faults: ['description', 'name', 'owner'],
    },
    {
      path: '/locations',
      create: { name: 'Barn', address: '1 Lane' },
      created: { id: expect.any(Number), name: 'Barn', address: '1 Lane', time_zone: 'Europe/Zurich' },
      change: { time_zone: 'Asia/Tokyo', address: null },
      changed: { name: 'Barn', time_zone: 'Asia/Tokyo', address: null },
      faulty: { name: 7, address: [], time_zone: '+01:00' },
      faults: ['address', 'name', 'time_zone'],
    },
    {
      path: '/spaces',
      create: { location_id: location, name: 'Attic', capacity: 12, type: 'desk' },
      created: { id: expect.any(Number), location_id: location, capacity: 12, is_disabled: false },
      change: { location_id: other, capacity: null, is_disabled: true },
      changed: { location_id: other, capacity: null, is_disabled: true, type: 'desk' },
      faulty: { location_id: '3', name: null, capacity: -1, is_disabled: 1 },
      faults: ['capacity', 'is_disabled', 'location_id', 'name'],
    },
    {
      path: '/realms',
      create: { kind: 'school', name: 'Hill School', parent_id: district, time_zone: 'Europe/Paris' },
      created: { id: expect.any(Number), kind: 'school', parent_id: district, time_zone: 'Europe/Paris' },
      change: { parent_id: null, time_zone: null },
      changed: { kind: 'school', parent_id: null, time_zone: 'Europe/Zurich' },
      faulty: { kind: 'user', name: '', parent_id: 1.5 },
      faults: ['kind', 'name', 'parent_id'],
    },
    {
      path: `/realms/section/${section}/members`,
      create: { member: 'ada@example.org' },
      created: { id: expect.any(Number), realm_id: section, member: 'ada@example.org', admin: false },
      change: { admin: true },
      changed: { member: 'ada@example.org', admin: true },
      faulty: { member: 'none', admin: 'no' },
      faults: ['admin', 'member'],
    },
    {
      path: '/due-events',
      create: {
        kind: 'section',
        realm_id: section,
        type: 'assignment',
        title: 'Essay',
        start: '2030-03-31 02:30:00',
        creator: 'ada@example.org',
      },
      created: { start: '2030-03-31 02:30:00', end: null, description: '', creator: 'ada@example.org' },
      change: { type: 'discussion', end: '2030-03-31 02:45:00', all_day: true, creator: null },
      changed: { type: 'discussion', end: '2030-03-31 02:45:00', all_day: true, creator: null },
      faulty: {
        kind: 'planet',
        realm_id: 0,
        type: 'event',
        title: '',
        start: '2030-02-30 09:00:00',
        end: 'x',
      },
      faults: ['end', 'kind', 'realm_id', 'start', 'title', 'type'],
    },
    {
      path: '/companies',
      create: { name: 'Festa & Figli' },
      created: { id: expect.stringMatching(/^\w{8,}$/), slug: expect.stringMatching(/^festa-figli/) },
      change: { use_api: false, time_zone: 'Europe/Rome' },
      changed: { use_api: false, time_zone: 'Europe/Rome' },
      faulty: { name: '', slug: 'api', use_api: 1 },
      faults: ['name', 'slug', 'use_api'],
    },
  ];
}

const PATHS = [
  'members',
  'credentials',
  'classes',
  'locations',
  'spaces',
  'realms',
  'memberships',
  'due-events',
  'companies',
];

describe('the resources of an organization', () => {
  let app: TestApp;
  let organization: AdminClient & { readonly slug: string };
  let stranger: AdminClient;
  let resources: Resource[];
  let admin: AdminClient;

  beforeAll(async () => {
    app = await bootApp();
    admin = adminClient(app);
    organization = await givenOrganization(admin, { name: 'Mills', time_zone: 'Europe/Zurich' });
    stranger = await givenOrganization(admin, { name: 'Strangers' });
    resources = await givenGround(organization);
  });

  afterAll(() => app.close());

  const resourceOf = (index: number): Resource => {
    const resource = resources[index];
    if (resource === undefined) throw new Error('There is no such resource.');
    return resource;
  };

  const each = PATHS.map((name, index) => [name, index] as const);

  it.each(each)('make, list, show, change and delete %s', async (_, index) => {
    const { path, create, created, change, changed } = resourceOf(index);
    const made = await organization(path, { body: { ...create, unknown_key: 1 } });
    expect([made.status, made.text]).toEqual([201, expect.any(String)]);
    expect(made.json).toMatchObject({ ...created, created_at: expect.stringMatching(INSTANT) });
    const row = { ...made.json };
    delete row.authorization;

    const list = await organization(`${path}?per_page=200`);
    expect(list.status).toBe(200);
    expect(list.json).toMatchObject({ page: 1, per_page: 200, total: list.json.data.length });
    expect(list.json.data).toContainEqual(row);
    expect((await organization(`${path}?page=9999`)).json).toMatchObject({ data: [], page: 9999 });

    const item = `${path}/${row.id}`;
    expect((await organization(item)).json).toEqual(row);
    const bySlug = await admin(`/organizations/${organization.slug}${item}`);
    expect(bySlug.json).toEqual(row);

    const patched = await organization(item, { method: 'PATCH', body: change });
    expect([patched.status, patched.json]).toEqual([200, expect.objectContaining(changed)]);
    expect((await organization(item)).json).toEqual(patched.json);

    const deleted = await organization(item, { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await organization(item)).status).toBe(404);
    expect((await organization(item, { method: 'DELETE' })).status).toBe(404);
    expect((await organization(item, { method: 'PATCH', body: change })).status).toBe(404);
  });

  it.each(each)('tell all faults of %s at once', async (_, index) => {
    const { path, faulty, faults } = resourceOf(index);
    const answer = await organization(path, { body: faulty });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.json.errors.map((fault: { field: string }) => fault.field).sort()).toEqual(faults);
  });

  it.each(each)('do not exist for another organization: %s', async (_, index) => {
    const { path, create, change } = resourceOf(index);
    const { id } = (await organization(path, { body: create })).json;
    const item = `${path}/${id}`;
    const before = (await organization(item)).json;
    for (const request of [
      {},
      { method: 'DELETE' },
      { method: 'PATCH', body: change },
      { method: 'PATCH', body: { name: 7, admin: 7, title: 7, email: 7, label: 7 } },
    ]) {
      expect((await stranger(item, request)).status).toBe(404);
    }
    const list = await stranger(path);
    expect(list.status === 404 || list.json.total === 0).toBe(true);
    expect((await organization(item)).json).toEqual(before);
    expect((await organization(item, { method: 'DELETE' })).status).toBe(204);
  });

  it.each(each)('answer 404 for what is no id at all: %s', async (_, index) => {
    const { path } = resourceOf(index);
    for (const id of ['x', '0', '-1', '1.5', '2147483648', '9'.repeat(30), '%00', "';--"]) {
      const answer = await organization(`${path}/${id}`, { method: 'PATCH', body: { name: 7, admin: 7 } });
      expect([id, answer.status]).toEqual([id, 404]);
    }
  });
});
