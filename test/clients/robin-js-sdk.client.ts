import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { bootApp, type TestApp } from '../support/app.js';
import { aBooking, givenSpacesClient, times, type SpacesClient } from '../support/spaces.js';

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

interface Sdk {
  readonly api: {
    readonly Core: SdkRequests;
    readonly me: { get(): Promise<SdkAnswer> };
    readonly spaces: { get(id: number): Promise<SdkAnswer> };
    readonly organizations: { get(id: string | number): Promise<SdkAnswer> };
    readonly locations: { get(id: number): Promise<SdkAnswer> };
  };
}

type SdkClass = new (token: string, options: object) => Sdk;

const Robin = createRequire(import.meta.url)('robin-js-sdk') as SdkClass;

let app: TestApp;
let client: SpacesClient;
let robin: Sdk;

beforeAll(async () => {
  app = await bootApp();
  client = await givenSpacesClient(app);
  const url = `${app.url}/v1.0`;
  robin = new Robin(client.authorization.replace('Access-Token ', ''), {
    urls: { core: url, places: url, grid: url },
  });
});
afterAll(() => app.close());

describe('robin-js-sdk, as it comes from npm', () => {
  const path = (): string => `/spaces/${client.spaceId}/events`;

  it('reads me, the organization, a location and a space', async () => {
    expect((await robin.api.me.get()).getData()).toMatchObject({ id: client.tenant.member.id });
    expect((await robin.api.organizations.get(client.tenant.slug)).getData()).toMatchObject({
      id: client.tenant.id,
    });
    expect((await robin.api.locations.get(client.locationId)).getData()).toMatchObject({
      id: client.locationId,
    });
    expect((await robin.api.spaces.get(client.spaceId)).getData()).toMatchObject({ id: client.spaceId });
  });

  it('creates, lists by window, and fetches all pages until there are none', async () => {
    for (let hour = 0; hour < 23; hour++)
      await robin.api.Core.POST(path(), aBooking({ title: `at ${hour}`, ...times('2031-03-05', hour, 0.5) }));
    const window = { after: '2031-03-05T09:00:00-05:00', before: '2031-03-05T12:00:00-05:00' };
    const listed = (await robin.api.Core.GET(path(), window)).getData() as { title: string }[];
    expect(listed.map(({ title }) => title)).toEqual(['at 9', 'at 10', 'at 11']);
    const all = (await robin.api.Core.all(path())) as { title: string }[];
    expect(all.map(({ title }) => title)).toEqual(Array.from({ length: 23 }, (_, hour) => `at ${hour}`));
  });

  it('reads a clash as an error with its message and its fields', async () => {
    const failure = await robin.api.Core.POST(path(), aBooking(times('2031-03-05', 9))).then(
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

  it('changes and deletes', async () => {
    const made = (await robin.api.Core.POST(path(), aBooking(times('2031-03-06', 9)))).getData() as {
      id: string;
    };
    const changed = await robin.api.Core.PATCH(`/events/${made.id}`, { title: 'Other' });
    expect(changed.getData()).toMatchObject({ id: made.id, title: 'Other' });
    expect((await robin.api.Core.DELETE(`/events/${made.id}`)).getData()).toEqual({});
    await expect(robin.api.Core.GET(`/events/${made.id}`)).rejects.toMatchObject({ status_code: 404 });
  });
});
