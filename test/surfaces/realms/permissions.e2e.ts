import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  givenConsumer,
  givenMember,
  givenMemberClient,
  givenMembership,
  givenRealm,
  realmsClient,
  type RealmsClient,
} from '../../support/realms.js';
import { givenTenant, type Tenant } from '../../support/tenant.js';

let app: TestApp;
let tenant: Tenant;
let section: number;
const clients = {} as Record<Role, RealmsClient>;

type Role = 'key' | 'admin' | 'realm admin' | 'creator' | 'member' | 'stranger' | 'other organization';

beforeAll(async () => {
  app = await bootApp();
  tenant = await givenTenant(app);
  section = await givenRealm(app, tenant);
  const person = async (
    email: string,
    membership?: 'plain' | 'admin',
    isAdmin = false,
  ): Promise<RealmsClient> => {
    const id = await givenMember(app, tenant, email, isAdmin);
    if (membership !== undefined) await givenMembership(app, tenant, section, id, membership === 'admin');
    return givenMemberClient(app, tenant, id);
  };
  clients.key = realmsClient(app, await givenConsumer(app, tenant));
  clients.admin = await person('admin@example.org', undefined, true);
  clients['realm admin'] = await person('realm-admin@example.org', 'admin');
  clients.creator = await person('creator@example.org', 'plain');
  clients.member = await person('member@example.org', 'plain');
  clients.stranger = await person('stranger@example.org');
  const elsewhere = await givenTenant(app);
  clients['other organization'] = realmsClient(app, await givenConsumer(app, elsewhere));
});
afterAll(() => app.close());

const base = (): string => `/sections/${section}/events`;

/** An event whose creator is a plain member. */
async function anEvent(overrides: object = {}): Promise<string> {
  const created = await clients.key(base(), {
    body: { title: 'x', start: '2030-01-01 10:00:00', rsvp: 1, ...overrides },
  });
  const id = String(created.json.id);
  await app.open.pool.query(
    `UPDATE realms.events SET creator_id = (SELECT id FROM tenancy.members WHERE organization_id = $1
       AND email = 'creator@example.org') WHERE organization_id = $1 AND id = $2`,
    [tenant.id, id],
  );
  return id;
}

const ACTIONS: Record<string, (client: RealmsClient) => Promise<{ status: number; text: string }>> = {
  list: (client) => client(base()),
  read: async (client) => client(`${base()}/${await anEvent()}`),
  create: (client) => client(base(), { body: { title: 'x', start: '2030-01-01 10:00:00' } }),
  change: async (client) => client(`${base()}/${await anEvent()}`, { method: 'PUT', body: { title: 'y' } }),
  delete: async (client) => client(`${base()}/${await anEvent()}`, { method: 'DELETE' }),
  'see who comes': async (client) => client(`${base()}/${await anEvent()}/rsvp`),
  answer: async (client) =>
    client(`${base()}/${await anEvent()}/rsvp`, { method: 'PUT', body: { response: 'yes' } }),
  'answer an open one': async (client) =>
    client(`${base()}/${await anEvent({ rsvp: 2 })}/rsvp`, { method: 'PUT', body: { response: 'no' } }),
  'read an open one': async (client) => client(`${base()}/${await anEvent({ rsvp: 2 })}`),
  'answer a closed one': async (client) =>
    client(`${base()}/${await anEvent({ rsvp: 0 })}/rsvp`, { method: 'PUT', body: { response: 'yes' } }),
  comment: async (client) => client(`${base()}/${await anEvent()}/comments`, { body: { comment: 'Hi' } }),
  'read comments': async (client) => client(`${base()}/${await anEvent()}/comments`),
  'comment where that is off': async (client) =>
    client(`${base()}/${await anEvent({ comments_enabled: 0 })}/comments`, { body: { comment: 'Hi' } }),
};

const ROLES: readonly Role[] = [
  'key',
  'admin',
  'realm admin',
  'creator',
  'member',
  'stranger',
  'other organization',
];
/** Statuses in the order of `ROLES`. */
const EXPECTED_STATUS: Record<keyof typeof ACTIONS, readonly number[]> = {
  list: [200, 200, 200, 200, 200, 403, 404],
  read: [200, 200, 200, 200, 200, 403, 404],
  create: [201, 201, 201, 403, 403, 403, 404],
  change: [204, 204, 204, 204, 403, 403, 404],
  delete: [204, 204, 204, 204, 403, 403, 404],
  'see who comes': [200, 200, 200, 200, 200, 403, 404],
  answer: [403, 403, 200, 200, 200, 403, 404],
  'answer an open one': [403, 200, 200, 200, 200, 200, 404],
  'read an open one': [200, 200, 200, 200, 200, 200, 404],
  'answer a closed one': [403, 403, 403, 403, 403, 403, 404],
  comment: [403, 201, 201, 201, 201, 403, 404],
  'read comments': [200, 200, 200, 200, 200, 403, 404],
  'comment where that is off': [403, 403, 403, 403, 403, 403, 404],
};

describe.each(Object.keys(EXPECTED_STATUS))('to %s', (action) => {
  it.each(ROLES.map((role, index) => [role, EXPECTED_STATUS[action]?.[index]] as const))(
    '%s: %i',
    async (role, status) => {
      const response = await ACTIONS[action]?.(clients[role]);
      expect(response?.status).toBe(status);
      if (status === 403 || status === 404) expect(response?.text).toBe('');
    },
  );
});

describe('editable', () => {
  it.each([
    ['key', 1],
    ['admin', 1],
    ['realm admin', 1],
    ['creator', 1],
    ['member', 0],
    ['stranger', 0],
  ] as const)('for %s is %i', async (role, editable) => {
    const id = await anEvent({ rsvp: 2 });
    expect((await clients[role](`${base()}/${id}`)).json.editable).toBe(editable);
  });
});

describe("a user's own calendar", () => {
  it('is open to that user and to administrators, closed to all others', async () => {
    const id = await givenMember(app, tenant, 'own@example.org');
    const own = await givenMemberClient(app, tenant, id);
    const created = await own('/users/me/events', { body: { title: 'Mine', start: '2030-01-01 10:00:00' } });
    expect(created.json).toMatchObject({ realm: 'user', user_id: id, editable: 1 });
    const calendar = `/users/${id}/events`;
    expect((await own(calendar)).json.event).toEqual([created.json]);
    expect((await clients.admin(calendar)).json.total).toBe(1);
    expect((await clients.key(calendar)).json.total).toBe(1);
    for (const role of ['realm admin', 'member', 'stranger'] as const) {
      expect((await clients[role](calendar)).status).toBe(403);
      expect((await clients[role](`${calendar}/${String(created.json.id)}`)).status).toBe(403);
      expect((await clients[role](calendar, { body: {} })).status).toBe(403);
    }
    expect((await clients['other organization'](calendar)).status).toBe(404);
  });

  it('"me" of a key that is bound to nobody is not there', async () => {
    expect((await clients.key('/users/me/events')).status).toBe(404);
    expect((await clients.key('/users/me/calendar')).status).toBe(404);
  });
});

describe('assignments and discussions', () => {
  it.each(['assignment', 'discussion'])('%ss are listed and read, and changed by nobody', async (type) => {
    const id = await anEvent();
    await app.open.pool.query('UPDATE realms.events SET type = $2 WHERE id = $1', [id, type]);
    for (const role of ['key', 'admin', 'realm admin', 'creator'] as const) {
      expect((await clients[role](`${base()}/${id}`)).json).toMatchObject({ type, editable: 0 });
      const put = await clients[role](`${base()}/${id}`, { method: 'PUT', body: { title: 'y' } });
      const gone = await clients[role](`${base()}/${id}`, { method: 'DELETE' });
      expect([put.status, put.text, gone.status, gone.text]).toEqual([403, '', 403, '']);
    }
  });
});

describe('the order of refusals', () => {
  it('tells who may not write before it looks at the body', async () => {
    const id = await anEvent();
    const faulty = { body: { title: '' } };
    expect((await clients.member(base(), faulty)).status).toBe(403);
    expect((await clients.key('/sections/999999/events', faulty)).status).toBe(404);
    expect((await clients.member(`${base()}/${id}`, { ...faulty, method: 'PUT' })).status).toBe(403);
    expect((await clients.key(`${base()}/999999`, { ...faulty, method: 'PUT' })).status).toBe(404);
    expect((await clients.stranger(`${base()}/${id}/comments`, { body: {} })).status).toBe(403);
    expect((await clients.stranger(`${base()}/${id}/rsvp`, { method: 'PUT', body: {} })).status).toBe(403);
    expect((await clients.key(base(), faulty)).status).toBe(400);
  });

  it('knows an unknown collection for a right that nobody has', async () => {
    for (const path of [
      '/teachers/1/events',
      '/teachers/1/events/2',
      '/Sections/1/events',
      '/__proto__/1/events',
    ]) {
      const response = await clients.key(path);
      expect([path, response.status, response.text]).toEqual([path, 403, '']);
    }
  });

  it.each(['abc', '-1', '1.5', '99999999999', '1e3', '%20', 'me'])('knows no realm %s', async (id) => {
    const response = await clients.key(`/sections/${id}/events`);
    expect([response.status, response.text]).toEqual([404, '']);
  });
});
