import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SURFACE_NAMES, type SurfaceName } from '../../src/core/surface-name.js';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer, type Call } from '../support/http.js';
import { realmsClient } from '../support/realms.js';

type Client = (path: string, request?: Call) => Promise<Answer>;

/** A path that is read, and a path that a faulty body is sent to: what it answers says how far the request came. */
const PATHS: Readonly<
  Record<SurfaceName, { readonly read: string; readonly write: string; readonly faulty: number }>
> = {
  training: { read: '/api/v1/events', write: '/api/v1/events', faulty: 422 },
  spaces: { read: '/v1.0/organizations/mine', write: '/v1.0/spaces/999999/events', faulty: 404 },
  realms: { read: '/users/me/calendar', write: '/users/999999/events', faulty: 404 },
  polls: { read: '/v2/events', write: '/v2/events', faulty: 400 },
  companies: { read: '/api/v1/companies', write: '/api/v1/nope/event', faulty: 404 },
};

describe('a credential', () => {
  let app: TestApp;
  let organization: AdminClient & { readonly id: number; readonly slug: string };

  beforeAll(async () => {
    app = await bootApp();
    organization = await givenOrganization(adminClient(app), { name: 'Mine', slug: 'mine' });
    await organization('/members', { body: { email: 'ada@example.org', is_admin: true } });
    await organization('/members', { body: { email: 'bob@example.org' } });
  });
  afterAll(() => app.close());

  const clientWith = async (surface: SurfaceName, scopes?: string[]): Promise<Client> => {
    const body = { surface, member: 'ada@example.org', scopes };
    const { json } = await organization('/credentials', { body });
    if (surface === 'realms')
      return realmsClient(app, { consumerKey: json.consumer_key, consumerSecret: json.consumer_secret });
    return (path, request = {}) =>
      call(`${app.url}${path}`, {
        ...request,
        headers: { authorization: json.authorization, ...request.headers },
      });
  };

  it.each(SURFACE_NAMES.filter((name) => name !== 'companies'))(
    'of %s reads with the scope read, changes with write, and may do both without any',
    async (surface) => {
      const { read, write, faulty } = PATHS[surface];
      const statuses = async (scopes?: string[]): Promise<number[]> => {
        const client = await clientWith(surface, scopes);
        return [(await client(read)).status, (await client(write, { body: {} })).status];
      };
      expect(await statuses()).toEqual([200, faulty]);
      expect(await statuses(['read', 'write'])).toEqual([200, faulty]);
      expect(await statuses(['read'])).toEqual([200, 403]);
      expect(await statuses(['write'])).toEqual([403, faulty]);
    },
  );

  it('of companies may say read and write for the scopes of the product, and nothing without any', async () => {
    const { json: company } = await organization('/companies', { body: { name: 'Mill' } });
    const create = `/api/v1/${company.id}/events/create`;
    const statuses = async (scopes: string[]): Promise<number[]> => {
      const client = await clientWith('companies', scopes);
      return [
        (await client('/api/v1/companies')).status,
        (await client('/api/v1/user')).status,
        (await client(create, { body: {} })).status,
      ];
    };
    expect(await statuses(['read', 'write'])).toEqual([200, 200, 422]);
    expect(await statuses(['read'])).toEqual([200, 200, 403]);
    expect(await statuses(['write'])).toEqual([403, 403, 403]);
    expect(await statuses([])).toEqual([403, 403, 403]);
  });

  it('of polls that may only read is shown no voting keys: they vote', async () => {
    const all = await clientWith('polls');
    const event = {
      title: 'Lunch',
      created_by: { email: 'ada@example.org' },
      invitees: [{ email: 'x@example.org' }],
    };
    const { status, json } = await all('/v2/events', { body: event });
    expect([status, Object.keys(json.key_store.hash)]).toEqual([201, expect.any(Array)]);
    const shown = await (await clientWith('polls', ['read']))(`/v2/events/${json._id}`);
    expect([shown.status, shown.json.title, shown.json.key_store]).toEqual([
      200,
      'Lunch',
      json.key_store._id,
    ]);
  });

  it('of realms with scopes acts as others with run-as only, and reads many paths at once with read', async () => {
    const { json } = await organization('/members');
    const bob = json.data.find(({ email }: { email: string }) => email === 'bob@example.org').id;
    const headers = { 'x-schoology-run-as': String(bob) };
    const asBob = async (scopes: string[]): Promise<number> =>
      (await (await clientWith('realms', scopes))('/users/me', { headers })).status;
    expect([await asBob(['read']), await asBob(['read', 'run-as'])]).toEqual([403, 200]);
    const many = await (
      await clientWith('realms', ['read'])
    )('/multiget', { body: { request: ['/v1/users/me'] } });
    expect([many.status, many.json.response[0].response_code]).toEqual([200, 200]);
  });
});
