import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { aBooking, times } from '../support/spaces.js';
import { makeMember, makeOrganization, serviceUrl, type MemberRow, type Organization } from './service.js';

/** What the tests use of the vendor's client, which comes without types. */
interface SdkAnswer {
  getData(): unknown;
}

interface SdkRequests {
  GET(path: string, query?: object): Promise<SdkAnswer>;
  POST(path: string, body: object): Promise<SdkAnswer>;
  PATCH(path: string, body: object): Promise<SdkAnswer>;
  DELETE(path: string): Promise<SdkAnswer>;
  all(path: string, query?: object): Promise<unknown[]>;
}

type Id = string | number;

interface Sdk {
  readonly api: {
    readonly Core: SdkRequests;
    readonly auth: { getAccessTokenInfo(): Promise<SdkAnswer> };
    readonly accounts: { get(slug: Id): Promise<SdkAnswer> };
    readonly events: { create(body: object): Promise<SdkAnswer> };
    readonly me: {
      get(): Promise<SdkAnswer>;
      update(body: object): Promise<SdkAnswer>;
      readonly organizations: { get(): Promise<SdkAnswer> };
    };
    readonly organizations: {
      get(id: Id): Promise<SdkAnswer>;
      update(id: Id, body: object): Promise<SdkAnswer>;
      readonly users: {
        get(id: Id, user?: Id): Promise<SdkAnswer>;
        add(id: Id, user: Id): Promise<SdkAnswer>;
      };
      readonly managers: { get(id: Id): Promise<SdkAnswer> };
      readonly locations: { get(id: Id): Promise<SdkAnswer>; add(id: Id, body: object): Promise<SdkAnswer> };
    };
    readonly locations: {
      get(id: number): Promise<SdkAnswer>;
      update(id: number, body: object): Promise<SdkAnswer>;
      delete(id: number): Promise<SdkAnswer>;
      readonly spaces: {
        get(id: number, space?: number): Promise<SdkAnswer>;
        add(id: number, body: object): Promise<SdkAnswer>;
      };
      readonly presence: { get(id: number): Promise<SdkAnswer> };
    };
    readonly spaces: {
      get(id: number, query?: object): Promise<SdkAnswer>;
      update(id: number, body: object): Promise<SdkAnswer>;
      delete(id: number): Promise<SdkAnswer>;
      readonly devices: { get(id: number): Promise<SdkAnswer> };
      readonly presence: {
        get(id: number): Promise<SdkAnswer>;
        add(id: number, body: object): Promise<SdkAnswer>;
        delete(id: number, body: object): Promise<SdkAnswer>;
      };
    };
  };
}

type SdkClass = new (token: string, options: object) => Sdk;

const Robin = createRequire(import.meta.url)('robin-js-sdk') as SdkClass;

let organization: Organization;
let member: MemberRow;
let locationId: number;
let spaceId: number;
let api: Sdk['api'];

beforeAll(async () => {
  organization = await makeOrganization();
  member = await makeMember(organization, 'ada@example.org', true);
  const location = { name: 'Head office', time_zone: 'America/New_York' };
  ({ id: locationId } = await organization.make<{ id: number }>('/locations', location));
  const space = { name: 'Blue room', location_id: locationId };
  ({ id: spaceId } = await organization.make<{ id: number }>('/spaces', space));
  const key = { surface: 'spaces', member: member.email };
  const { authorization } = await organization.make<{ authorization: string }>('/credentials', key);
  const url = `${serviceUrl}/v1.0`;
  const urls = { core: url, places: url, grid: url };
  // Its modules keep the first token of a process, so there is one client for all tests.
  ({ api } = new Robin(authorization.replace('Access-Token ', ''), { urls }));
});

const dataOf = async (answer: Promise<SdkAnswer>): Promise<Record<string, unknown>> =>
  (await answer).getData() as Record<string, unknown>;

describe('robin-js-sdk, as it comes from npm', () => {
  const path = (): string => `/spaces/${spaceId}/events`;

  it('reads the token, me, the organization and its people', async () => {
    const { slug, id } = organization;
    expect(await dataOf(api.auth.getAccessTokenInfo())).toMatchObject({ user_id: member.id });
    expect(await dataOf(api.me.get())).toMatchObject({ id: member.id });
    expect(await dataOf(api.me.organizations.get())).toMatchObject([{ slug }]);
    expect(await dataOf(api.accounts.get(slug))).toMatchObject({ id, is_organization: true });
    expect(await dataOf(api.organizations.get(slug))).toMatchObject({ id });
    expect(await dataOf(api.organizations.users.get(slug))).toMatchObject([{ id: member.id }]);
    expect(await dataOf(api.organizations.users.get(slug, member.id))).toMatchObject({ id: member.id });
    expect(await dataOf(api.organizations.managers.get(slug))).toMatchObject([{ id: member.id }]);
  });

  it('changes me', async () => {
    expect(await dataOf(api.me.update({ time_zone: 'Europe/Berlin' }))).toMatchObject({
      time_zone: 'Europe/Berlin',
    });
  });

  it('reads locations and spaces', async () => {
    const { slug } = organization;
    expect(await dataOf(api.organizations.locations.get(slug))).toMatchObject([{ id: locationId }]);
    expect(await dataOf(api.locations.get(locationId))).toMatchObject({ id: locationId });
    expect(await dataOf(api.locations.spaces.get(locationId))).toMatchObject([{ id: spaceId }]);
    expect(await dataOf(api.locations.spaces.get(locationId, spaceId))).toMatchObject({ id: spaceId });
    expect(await dataOf(api.spaces.get(spaceId, { include: 'state' }))).toMatchObject({
      id: spaceId,
      state: { availability: 'available' },
    });
    expect(await dataOf(api.spaces.devices.get(spaceId))).toEqual([]);
  });

  it('makes, changes and deletes locations and spaces for an administrator', async () => {
    const { slug } = organization;
    const location = await dataOf(api.organizations.locations.add(slug, { name: 'Annex' }));
    const annex = location.id as number;
    expect(await dataOf(api.locations.update(annex, { address: '1 Main Street' }))).toMatchObject({
      name: 'Annex',
      address: '1 Main Street',
    });
    const space = await dataOf(api.locations.spaces.add(annex, { name: 'Attic', capacity: 4 }));
    const attic = space.id as number;
    expect(await dataOf(api.spaces.update(attic, { capacity: 5 }))).toMatchObject({ capacity: 5 });
    expect(await dataOf(api.spaces.delete(attic))).toEqual({});
    expect(await dataOf(api.locations.delete(annex))).toEqual({});
    await expect(api.locations.get(annex)).rejects.toMatchObject({ status_code: 404 });
  });

  it('leaves people to the admin API', async () => {
    const adding = api.organizations.users.add(organization.slug, member.id);
    await expect(adding).rejects.toMatchObject({ status_code: 405 });
  });

  it('says who is in a space, until they leave', async () => {
    expect(await dataOf(api.spaces.presence.add(spaceId, { user_ref: 'self' }))).toMatchObject({
      user_id: member.id,
      session_active: true,
    });
    expect(await dataOf(api.spaces.presence.get(spaceId))).toHaveLength(1);
    expect(await dataOf(api.locations.presence.get(locationId))).toHaveLength(1);
    expect(await dataOf(api.spaces.presence.delete(spaceId, { user_ref: 'self' }))).toEqual({});
    expect(await dataOf(api.spaces.presence.get(spaceId))).toEqual([]);
  });

  it('creates, lists by window, and fetches all pages until there are none', async () => {
    for (let hour = 0; hour < 23; hour++)
      await api.Core.POST(path(), aBooking({ title: `at ${hour}`, ...times('2031-03-05', hour, 0.5) }));
    const window = { after: '2031-03-05T09:00:00-05:00', before: '2031-03-05T12:00:00-05:00' };
    const listed = (await api.Core.GET(path(), window)).getData() as { title: string }[];
    expect(listed.map(({ title }) => title)).toEqual(['at 9', 'at 10', 'at 11']);
    const all = (await api.Core.all(path())) as { title: string }[];
    expect(all.map(({ title }) => title)).toEqual(Array.from({ length: 23 }, (_, hour) => `at ${hour}`));
  });

  it('reads a clash as an error with its message and its fields', async () => {
    const failure = await api.Core.POST(path(), aBooking(times('2031-03-05', 9))).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      status_code: 409,
      status: 'CONFLICT',
      message: 'overlaps event titled "at 9"',
      moreInfo: { 'started_at and ended_at': ['overlaps event titled "at 9"'] },
    });
  });

  it('creates by the space’s id, changes and deletes', async () => {
    const body = aBooking({ space_id: spaceId, ...times('2031-03-06', 9) });
    const { id } = (await dataOf(api.events.create(body))) as { id: string };
    const changed = await api.Core.PATCH(`/events/${id}`, { title: 'Other' });
    expect(changed.getData()).toMatchObject({ id, title: 'Other' });
    expect((await api.Core.DELETE(`/events/${id}`)).getData()).toEqual({});
    await expect(api.Core.GET(`/events/${id}`)).rejects.toMatchObject({ status_code: 404 });
  });
});
