import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  aBooking,
  givenClientOf,
  givenLocation,
  givenMember,
  givenSpace,
  givenSpacesClient,
  times,
  type SpacesClient,
} from '../../support/spaces.js';

let app: TestApp;
let client: SpacesClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenSpacesClient(app);
});
afterAll(() => app.close());

type Json = Record<string, unknown>;

const fresh = (locationId = client.locationId): Promise<number> => givenSpace(app, client.tenant, locationId);
const titles = (answer: { readonly json: { data: Json[] } }): unknown[] =>
  answer.json.data.map(({ title }) => title);

async function booked(spaceId: number, differing: Json = {}): Promise<Json> {
  const answer = await client(`/spaces/${spaceId}/events`, { body: aBooking(differing) });
  expect([answer.status, answer.json.meta.more_info]).toEqual([201, {}]);
  return answer.json.data as Json;
}

/** Times around now, in hours. */
function around(from: number, to: number): Json {
  const at = (hours: number): object => ({
    date_time: new Date(Date.now() + hours * 3_600_000).toISOString(),
  });
  return { start: at(from), end: at(to) };
}

describe('a list of events', () => {
  it('holds what overlaps the window: after bounds the end, before the start; sorted by start', async () => {
    const space = await fresh();
    for (const hour of [14, 9, 11, 16])
      await booked(space, { title: `at ${hour}`, ...times('2031-03-05', hour) });
    const path = `/spaces/${space}/events`;
    expect(titles(await client(path))).toEqual(['at 9', 'at 11', 'at 14', 'at 16']);
    const at = (hour: string): string => `2031-03-05T${hour}:00-05:00`;
    expect(titles(await client(`${path}?after=${at('09:30')}&before=${at('14:30')}`))).toEqual([
      'at 9',
      'at 11',
      'at 14',
    ]);
    expect(titles(await client(`${path}?after=${at('10:00')}&before=${at('14:00')}`))).toEqual(['at 11']);
    expect(titles(await client(`${path}?after=${at('12:00')}`))).toEqual(['at 14', 'at 16']);
    expect(titles(await client(`${path}?before=${at('11:30')}`))).toEqual(['at 9', 'at 11']);
  });

  it.each<[string, string, string, string[]]>([
    ['inside one booking', '09:15', '09:45', ['at 9']],
    ['of a single moment', '09:30', '09:30', ['at 9']],
    ['whose ends lie the other way round', '09:45', '09:15', ['at 9']],
    ['between two bookings', '10:00', '11:00', []],
    ['that ends inside the last booking', '10:30', '11:30', ['at 11']],
  ])(
    'with a window %s holds what ends after the one and starts before the other',
    async (_, from, to, expected) => {
      const location = await givenLocation(app, client.tenant, 'America/New_York');
      const space = await fresh(location);
      for (const hour of [9, 11]) await booked(space, { title: `at ${hour}`, ...times('2031-04-09', hour) });
      const window = `after=2031-04-09T${from}:00-04:00&before=2031-04-09T${to}:00-04:00`;
      expect(titles(await client(`/spaces/${space}/events?${window}`))).toEqual(expected);
      expect(titles(await client(`/locations/${location}/events?${window}`))).toEqual(expected);
    },
  );

  it('reads a blank in front of an offset as the plus that it was', async () => {
    const space = await fresh();
    for (const hour of [9, 11]) await booked(space, { title: `at ${hour}`, ...times('2031-03-05', hour) });
    const path = `/spaces/${space}/events`;
    // 10:30 in New York.
    for (const bound of ['2031-03-05T20:30:00+0500', '2031-03-05T20:30:00+05:00', '2031-03-05T21:00+0530']) {
      expect([bound, titles(await client(`${path}?after=${bound}`))]).toEqual([bound, ['at 11']]);
      expect([bound, titles(await client(`${path}?before=${bound}`))]).toEqual([bound, ['at 9']]);
      const busy = await client(
        `/free-busy/spaces?space_ids=${space}&after=${bound}&before=2031-03-06T00:00:00+0000`,
      );
      expect(busy.json.data[0].busy).toHaveLength(1);
    }
    expect(titles(await client(`${path}?after=2031-03-05%2015:30:00`))).toEqual(['at 11']);
    expect(titles(await client(`${path}?after=2031-03-05%2015:30`))).toEqual(['at 11']);
    for (const bound of ['2031-03-05T15:30:00+9900', '2031-03-05T15:30:00+05', '2031-03-05T15:30:00++0500'])
      expect([bound, (await client(`${path}?after=${bound}`)).status]).toEqual([bound, 400]);
  });

  it('is read whatever other headers a client sends', async () => {
    const headers = { 'tenant-id': '7', 'relay-identifier': 'x', 'x-anything': 'y' };
    expect((await client('/me', { headers })).status).toBe(200);
  });

  it('holds what lasts from one bound to the other where the window is the wrong way round', async () => {
    const space = await fresh();
    await booked(space, { title: 'long', ...times('2031-03-05', 9, 3) });
    await booked(space, { title: 'short', ...times('2031-03-05', 12) });
    const path = `/spaces/${space}/events`;
    const at = (hour: string): string => `2031-03-05T${hour}:00-05:00`;
    const titlesBetween = async (after: string, before: string): Promise<unknown> =>
      titles(await client(`${path}?after=${at(after)}&before=${at(before)}`));
    expect(await titlesBetween('11:00', '10:00')).toEqual(['long']);
    expect(await titlesBetween('11:00', '11:00')).toEqual(['long']);
    expect(await titlesBetween('12:00', '11:00')).toEqual([]);
    expect(await titlesBetween('12:30', '11:30')).toEqual([]);
  });

  it('answers each of many who ask at the same moment with the own space, window and page', async () => {
    const spaces = await Promise.all([fresh(), fresh(), fresh()]);
    const hours = [9, 11, 13, 15];
    for (const [index, space] of spaces.entries())
      for (const hour of hours)
        await booked(space, { title: `${index} at ${hour}`, ...times('2031-05-07', hour) });
    const requests = spaces.flatMap((space, index) =>
      hours.flatMap((hour) => [1, 2].map((page) => ({ path: `/spaces/${space}/events`, index, hour, page }))),
    );
    const answers = await Promise.all(
      requests.map(({ path, hour, page }) =>
        client(
          `${path}?after=2031-05-07T${String(hour).padStart(2, '0')}:30:00-04:00` +
            `&before=2031-05-07T23:00:00-04:00&per_page=2&page=${page}`,
        ),
      ),
    );
    for (const [place, { index, hour, page }] of requests.entries()) {
      const expected = hours.filter((at) => at >= hour).slice((page - 1) * 2, page * 2);
      expect(titles(answers[place] as never)).toEqual(expected.map((at) => `${index} at ${at}`));
    }
  });

  it('is paged from 1, by 10 unless asked, by 200 at most; an empty page has no paging', async () => {
    const space = await fresh();
    for (let day = 10; day < 22; day++)
      await booked(space, { title: `${day}`, ...times(`2031-03-${day}`, 9) });
    const path = `/spaces/${space}/events`;
    const first = await client(path);
    expect([titles(first).length, first.json.paging]).toEqual([10, { page: 1, per_page: 10 }]);
    const second = await client(`${path}?page=2`);
    expect([titles(second), second.json.paging]).toEqual([['20', '21'], { page: 2, per_page: 10 }]);
    const third = await client(`${path}?page=3`);
    expect(third.json).toEqual({
      meta: { status_code: 200, status: 'OK', message: '', more_info: {} },
      data: [],
    });
    expect((await client(`${path}?per_page=5&page=2`)).json.paging).toEqual({ page: 2, per_page: 5 });
    expect((await client(`${path}?per_page=1000&page=0`)).json.paging).toEqual({ page: 1, per_page: 200 });
  });

  it.each(['page=x', 'per_page=1.5', 'after=yesterday', 'before=2031-02-30'])(
    'with %s is refused by 400 naming it',
    async (query) => {
      const answer = await client(`/spaces/${client.spaceId}/events?${query}`);
      expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, [query.split('=')[0]]]);
    },
  );

  it('of a location holds all its spaces', async () => {
    const location = await givenLocation(app, client.tenant, 'Europe/Berlin');
    const [one, two] = [await fresh(location), await fresh(location)];
    await booked(one, { title: 'one', ...times('2031-03-05', 12) });
    await booked(two, { title: 'two', ...times('2031-03-05', 9) });
    expect(titles(await client(`/locations/${location}/events`))).toEqual(['two', 'one']);
    const window = 'after=2031-03-05T00:00:00Z&before=2031-03-05T15:00:00Z';
    expect(titles(await client(`/locations/${location}/events?${window}`))).toEqual(['two']);
  });

  it('of a user holds what they organize and what they are invited to', async () => {
    const space = await fresh();
    const email = `u${space}@example.org`;
    const id = await givenMember(app, client.tenant, email);
    const user = await givenClientOf(app, client.tenant, id);
    await booked(space, { title: 'invited', ...times('2031-03-05', 9), invitees: [{ email }] });
    await booked(space, { title: 'by number', ...times('2031-03-05', 10), invitees: [{ user_id: id }] });
    await booked(space, { title: 'organizes', ...times('2031-03-05', 11), organizer_email: email });
    await booked(space, { title: 'nothing to do with it', ...times('2031-03-05', 12) });
    const own = ['invited', 'by number', 'organizes'];
    expect(titles(await client(`/users/${id}/events`))).toEqual(own);
    expect(titles(await user('/me/events'))).toEqual(own);
    expect(titles(await user('/me/events/upcoming'))).toEqual(own);
    const window = 'after=2031-03-05T15:00:00Z&before=2031-03-06T00:00:00Z';
    expect(titles(await user(`/me/events?${window}`))).toEqual(['by number', 'organizes']);
  });

  it('of upcoming and recent events goes by the clock', async () => {
    const space = await fresh();
    await booked(space, { title: 'long over', ...around(-5, -4) });
    await booked(space, { title: 'over', ...around(-3, -2) });
    await booked(space, { title: 'on', ...around(-1, 1) });
    await booked(space, { title: 'later', ...around(2, 3) });
    expect(titles(await client(`/spaces/${space}/events/upcoming`))).toEqual(['on', 'later']);
    expect(titles(await client(`/spaces/${space}/events/recent`))).toEqual(['over', 'long over']);
  });

  it('of what is not there is 404, as is me for a token of nobody', async () => {
    for (const path of [
      '/spaces/1999999/events',
      '/spaces/x/events',
      '/locations/1999999/events',
      '/users/1999999/events',
      '/spaces/1999999/events/recent',
      '/spaces/1999999/state',
    ])
      expect((await client(path)).status).toBe(404);
    const nobody = await givenClientOf(app, client.tenant, null);
    for (const path of ['/me', '/me/events', '/me/events/upcoming'])
      expect((await nobody(path)).status).toBe(404);
  });

  it('and every other plain read cost one statement', async () => {
    const space = await fresh();
    const event = await booked(space, times('2031-03-05', 9));
    const { id } = client.tenant.member;
    const window = 'after=2031-03-01T00:00:00Z&before=2031-04-01T00:00:00Z';
    const paths = [
      `/spaces/${space}/events?${window}`,
      `/locations/${client.locationId}/events`,
      `/users/${id}/events?${window}`,
      `/me/events`,
      `/spaces/${space}/events/upcoming`,
      `/events/${String(event.id)}`,
      `/spaces/${space}/state`,
      `/free-busy/spaces?space_ids=${space}&${window}`,
      '/me',
      '/auth',
      '/me/organizations',
      '/me/events/recent',
      `/users/${id}`,
      '/users/ada-lovelace',
      '/accounts/ada-lovelace',
      `/accounts/${client.tenant.slug}`,
      `/organizations/${client.tenant.slug}/users?query=a&ids=${id}`,
      `/organizations/${client.tenant.slug}/users/ada-lovelace`,
      `/locations/${client.locationId}/spaces/${space}`,
      `/locations/${client.locationId}/spaces?query=blue`,
      `/spaces/${space}/events?creation_type=manual&${window}`,
      `/free-busy/spaces?space_ids=${space}&duration=60&query=blue&${window}`,
      `/organizations/${client.tenant.id}`,
      `/organizations/${client.tenant.slug}`,
      `/organizations/${client.tenant.id}/locations`,
      `/organizations/${client.tenant.id}/users`,
      `/locations/${client.locationId}`,
      `/locations/${client.locationId}/spaces`,
      `/spaces/${space}`,
    ];
    for (const path of paths) {
      const before = app.open.database.statementCount;
      expect([path, (await client(path)).status]).toEqual([path, 200]);
      expect([path, app.open.database.statementCount - before]).toEqual([path, 1]);
    }
  });
});

describe('places and people', () => {
  it('are read as they are', async () => {
    const { tenant, locationId, spaceId } = client;
    const stamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    const user = {
      id: tenant.member.id,
      slug: 'ada-lovelace',
      name: 'Ada Lovelace',
      avatar: null,
      primary_email: { email: tenant.member.email, is_verified: true },
      is_pending: false,
      time_zone: null,
      locale: null,
      created_at: stamp,
      updated_at: stamp,
    };
    expect((await client('/me')).json.data).toEqual(user);
    expect((await client(`/users/${tenant.member.id}`)).json.data).toEqual(user);
    expect((await client(`/organizations/${tenant.slug}/users`)).json.data[0]).toEqual(user);
    const location = {
      id: locationId,
      account_id: tenant.id,
      name: 'Head office',
      campus_id: null,
      address: null,
      description: null,
      image: null,
      latitude: null,
      longitude: null,
      time_zone: 'America/New_York',
      created_at: stamp,
      updated_at: stamp,
    };
    expect((await client(`/locations/${locationId}`)).json.data).toEqual(location);
    expect((await client(`/organizations/${tenant.id}/locations`)).json.data[0]).toEqual(location);
    const space = {
      id: spaceId,
      location_id: locationId,
      level_id: null,
      name: 'Blue room',
      description: null,
      type: null,
      capacity: null,
      image: null,
      discovery_radius: 3,
      is_disabled: false,
      is_accessible: false,
      is_dibsed: false,
      behaviors: ['scheduling'],
      last_presence_at: null,
      current_event: null,
      next_event: null,
      created_at: stamp,
      updated_at: stamp,
    };
    expect((await client(`/spaces/${spaceId}`)).json.data).toEqual(space);
    expect((await client(`/locations/${locationId}/spaces`)).json.data[0]).toEqual(space);
    expect((await client(`/organizations/${tenant.slug}`)).json.data).toEqual({
      id: tenant.id,
      name: tenant.slug,
      slug: tenant.slug,
      avatar: null,
      is_organization: true,
      time_zone: 'UTC',
      created_at: stamp,
      updated_at: stamp,
    });
  });

  it('of another organization are not there', async () => {
    const other = await givenSpacesClient(app);
    const answer = await other(`/spaces/${other.spaceId}/events`, { body: aBooking() });
    const event = answer.json.data.id as string;
    const paths = [
      `/spaces/${other.spaceId}`,
      `/spaces/${other.spaceId}/events`,
      `/spaces/${other.spaceId}/state`,
      `/locations/${other.locationId}`,
      `/locations/${other.locationId}/spaces`,
      `/locations/${other.locationId}/events`,
      `/users/${other.tenant.member.id}`,
      `/users/${other.tenant.member.id}/events`,
      `/locations/${other.locationId}/spaces/${other.spaceId}`,
      `/locations/${client.locationId}/spaces/${other.spaceId}`,
      `/accounts/${other.tenant.slug}`,
      `/accounts/${other.tenant.id}`,
      `/organizations/${other.tenant.id}`,
      `/organizations/${other.tenant.slug}/users`,
      `/organizations/${other.tenant.id}/managers`,
      `/organizations/${other.tenant.slug}/users/${other.tenant.member.id}`,
      `/organizations/${client.tenant.id}/users/${other.tenant.member.id}`,
      `/organizations/${other.tenant.id}/users/${client.tenant.member.id}`,
      `/organizations/${other.tenant.id}/locations`,
      `/events/${event}`,
      `/events/${event}/confirmation`,
    ];
    for (const path of paths) expect([path, (await client(path)).status]).toEqual([path, 404]);
    const boss = await givenClientOf(app, client.tenant, null);
    for (const request of [
      { method: 'PATCH', body: { title: 'x' } },
      { method: 'PATCH', body: { title: 7 } },
      { method: 'DELETE' },
    ])
      expect((await boss(`/events/${event}`, request)).status).toBe(404);
    expect((await boss(`/events/${event}/confirmation`, { method: 'PUT' })).status).toBe(404);
    expect((await boss(`/spaces/${other.spaceId}/events`, { body: aBooking() })).status).toBe(404);
    expect((await boss(`/spaces/${other.spaceId}/events`, { body: { title: 7 } })).status).toBe(404);
    expect((await boss('/events', { body: aBooking({ space_id: other.spaceId }) })).status).toBe(400);
    const mine = await boss(`/spaces/${client.spaceId}/events`, { body: aBooking() });
    const moved = await boss(`/events/${String(mine.json.data.id)}`, {
      method: 'PATCH',
      body: { space_id: other.spaceId },
    });
    expect([moved.status, Object.keys(moved.json.meta.more_info)]).toEqual([400, ['space_id']]);
    const strangers = await boss(`/events`, {
      body: aBooking({
        ...times('2031-03-06', 9),
        space_id: client.spaceId,
        organizer_id: other.tenant.member.id,
      }),
    });
    expect([strangers.status, Object.keys(strangers.json.meta.more_info)]).toEqual([400, ['organizer_id']]);
    const invited = await boss(`/events`, {
      body: aBooking({
        ...times('2031-03-06', 9),
        space_id: client.spaceId,
        invitees: [{ user_id: other.tenant.member.id }],
      }),
    });
    expect([invited.status, Object.keys(invited.json.meta.more_info)]).toEqual([400, ['invitees']]);
    const busy = await boss(`/free-busy/spaces?space_ids=${other.spaceId}`);
    expect(busy.json.data).toEqual([]);
  });
});

describe('the state of a space', () => {
  it('is available, booked, in use or disabled, and tells when that changes', async () => {
    const space = await fresh();
    const state = async (): Promise<unknown> => (await client(`/spaces/${space}/state`)).json.data as unknown;
    expect(await state()).toEqual({ availability: 'available', present: 0, next_busy_change: null });
    const later = await booked(space, { title: 'later', ...around(1, 2) });
    expect(await state()).toEqual({
      availability: 'available',
      present: 0,
      next_busy_change: later.started_at,
    });
    const now = await booked(space, { title: 'now', start: around(-1, 0).start, end: later.start });
    expect(await state()).toEqual({
      availability: 'booked',
      present: 0,
      next_busy_change: later.ended_at,
    });
    await client(`/events/${String(now.id)}/confirmation`, { method: 'PUT' });
    expect(await state()).toMatchObject({ availability: 'in_use', present: 1 });
    await app.open.pool.query('UPDATE spaces.spaces SET is_disabled = true WHERE id = $1', [space]);
    expect(await state()).toMatchObject({ availability: 'disabled', present: 1 });
  });
});

describe('free and busy', () => {
  it('answers each space with what takes it, by GET and by POST', async () => {
    const location = await givenLocation(app, client.tenant, 'America/New_York');
    const small = await givenSpace(app, client.tenant, location, { type: 'desk', capacity: 1 });
    const large = await givenSpace(app, client.tenant, location, { type: 'hall', capacity: 90 });
    const first = await booked(large, { title: 'a', ...times('2031-03-05', 9) });
    const second = await booked(large, { title: 'b', ...times('2031-03-05', 10) });
    const third = await booked(large, { title: 'c', ...times('2031-03-05', 12) });
    const window = 'after=2031-03-05T00:00:00-05:00&before=2031-03-06T00:00:00-05:00';
    const answer = await client(`/free-busy/spaces?location_ids=${location}&${window}`);
    expect(answer.json.paging).toEqual({ page: 1, per_page: 10 });
    /** As elsewhere, with its calendar and without its events. */
    const spaceInside = async (id: number): Promise<Json> => {
      const { current_event, next_event, ...space } = (await client(`/spaces/${id}?include=calendar`)).json
        .data as Json;
      expect([current_event, next_event]).toEqual([null, null]);
      return space;
    };
    expect(answer.json.data).toEqual([
      { has_presence: false, space: await spaceInside(small), busy: [] },
      {
        has_presence: false,
        space: await spaceInside(large),
        busy: [
          { from: '2031-03-05T09:00:00-0500', to: '2031-03-05T11:00:00-0500', events: [first, second] },
          { from: '2031-03-05T12:00:00-0500', to: '2031-03-05T13:00:00-0500', events: [third] },
        ],
      },
    ]);
    const ids = async (query: string): Promise<unknown> =>
      (await client(`/free-busy/spaces?location_ids=${location}&${window}&${query}`)).json.data.map(
        ({ space }: { space: Json }) => space.id,
      );
    expect(await ids('min_capacity=2')).toEqual([large]);
    expect(await ids('max_capacity=2')).toEqual([small]);
    expect(await ids('types=hall,tent')).toEqual([large]);
    expect(await ids('per_page=1&page=2')).toEqual([large]);
    const response = await client('/free-busy/spaces', {
      body: {
        scope: { location_ids: [location] },
        filters: { min_capacity: 2 },
        view_options: {
          bounds: { from: '2031-03-05T00:00:00', to: '2031-03-05T18:00:00+0100', time_zone: 'Europe/Berlin' },
        },
        paging_info: { page: 1, per_page: 5 },
      },
    });
    expect(response.json.paging).toEqual({ page: 1, per_page: 5 });
    expect(response.json.data[0].busy).toEqual([
      { from: '2031-03-05T15:00:00+0100', to: '2031-03-05T17:00:00+0100', events: [first, second] },
    ]);
  });

  it.each<[string, Json, string]>([
    ['a scope that is a list', { scope: [] }, 'scope'],
    ['a space id that is a word', { scope: { space_ids: ['x'] } }, 'scope'],
    ['a capacity that is a word', { filters: { min_capacity: 'x' } }, 'filters'],
    ['a bound that is no date', { view_options: { bounds: { from: 'now' } } }, 'view_options'],
    ['a page that is a word', { paging_info: { page: 'x' } }, 'paging_info'],
    [
      'a window that ends before it starts',
      { view_options: { bounds: { from: '2031-03-05T00:00:00Z', to: '2031-03-04T00:00:00Z' } } },
      'view_options.bounds.to',
    ],
  ])('with %s is refused by 400', async (_, body, field) => {
    const answer = await client('/free-busy/spaces', { body });
    expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, [field]]);
  });
});

describe('checking in', () => {
  const confirm = (id: unknown, body: Json = {}): ReturnType<SpacesClient> =>
    client(`/events/${String(id)}/confirmation`, { method: 'PUT', body });

  it('is there once it was made, and gone once it was taken back', async () => {
    const event = await booked(await fresh(), around(1, 2));
    const path = `/events/${String(event.id)}/confirmation`;
    expect((await client(path)).status).toBe(404);
    const made = await confirm(event.id, { device_id: 7 });
    expect([made.status, made.json.data]).toEqual([
      200,
      {
        event_id: event.id,
        user_id: client.tenant.member.id,
        device_id: 7,
        confirmed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
      },
    ]);
    expect((await client(path)).json.data).toEqual(made.json.data);
    expect((await client(path, { method: 'POST' })).status).toBe(409);
    expect((await client(path, { method: 'DELETE' })).json.data).toEqual({});
    expect((await client(path, { method: 'DELETE' })).status).toBe(404);
    expect((await client(path, { method: 'POST' })).status).toBe(200);
  });

  it('too early, too late or twice is 409; simultaneously only one is let in', async () => {
    const early = await booked(await fresh(), around(2.1, 3));
    const late = await booked(await fresh(), around(-2, -1));
    const now = await booked(await fresh(), around(-0.5, 1));
    expect((await confirm(early.id)).status).toBe(409);
    expect((await confirm(late.id)).status).toBe(409);
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(now.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

  it('is for its people: invitees may, strangers get 403', async () => {
    const space = await fresh();
    const id = await givenMember(app, client.tenant, `i${space}@example.org`);
    const person = await givenClientOf(app, client.tenant, id);
    const [one, two] = [
      await booked(space, { ...around(-1, 1), invitees: [{ user_id: id }] }),
      await booked(space, around(1, 2)),
    ];
    expect((await person(`/events/${String(one.id)}/confirmation`, { method: 'PUT' })).status).toBe(200);
    expect((await person(`/events/${String(two.id)}/confirmation`, { method: 'PUT' })).status).toBe(403);
    expect((await person(`/events/${String(two.id)}/confirmation`, { method: 'DELETE' })).status).toBe(403);
  });

  it('to a series names one of its occurrences', async () => {
    const series = await booked(await fresh(), { ...around(1, 2), recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] });
    expect((await confirm(series.id)).status).toBe(400);
    const list = await client(`/spaces/${String(series.space_id)}/events`);
    const [first, second] = list.json.data as [Json, Json];
    expect((await confirm(first.id)).json.data.event_id).toBe(first.id);
    expect((await confirm(second.id)).status).toBe(409);
    expect((await client(`/events/${String(second.id)}/confirmation`)).status).toBe(404);
  });
});

describe('whatever goes wrong below /v1.0', () => {
  it('comes in the envelope', async () => {
    const path = `${app.url}/v1.0/spaces/${client.spaceId}/events`;
    const { authorization } = client;
    const json = { authorization, 'content-type': 'application/json' };
    const requests: [number, string, Response][] = [
      [404, 'NOT_FOUND', await fetch(`${app.url}/v1.0/nothing`, { headers: { authorization } })],
      [404, 'NOT_FOUND', await fetch(`${app.url}/v1.0`)],
      [405, 'METHOD_NOT_ALLOWED', await fetch(path, { method: 'DELETE', headers: { authorization } })],
      [401, 'UNAUTHORIZED', await fetch(path)],
      [401, 'UNAUTHORIZED', await fetch(path, { headers: { authorization: 'Access-Token wrong' } })],
      [400, 'BAD_REQUEST', await fetch(path, { method: 'POST', headers: json, body: '{"a":1,}' })],
      [400, 'BAD_REQUEST', await fetch(path, { method: 'POST', headers: json, body: '[]' })],
      [
        413,
        'PAYLOAD_TOO_LARGE',
        await fetch(path, { method: 'POST', headers: json, body: JSON.stringify('x'.repeat(2_000_000)) }),
      ],
      [
        415,
        'UNSUPPORTED_MEDIA_TYPE',
        await fetch(path, {
          method: 'POST',
          headers: { authorization, 'content-type': 'text/xml' },
          body: '<a/>',
        }),
      ],
    ];
    for (const [status, word, response] of requests) {
      const body = (await response.json()) as Json;
      expect([response.status, body.data]).toEqual([status, {}]);
      expect(body.meta).toEqual({
        status_code: status,
        status: word,
        message: expect.any(String),
        more_info: {},
      });
    }
  });

  it.each([
    ['Bearer', (token: string) => ({ headers: { authorization: `Bearer ${token}` }, query: '' })],
    ['?access_token', (token: string) => ({ headers: {}, query: `?access_token=${token}` })],
  ])('the token is read as %s as well', async (_, format) => {
    const { headers, query } = format(client.authorization.replace('Access-Token ', ''));
    expect((await fetch(`${app.url}/v1.0/me${query}`, { headers })).status).toBe(200);
  });
});

describe('a page of a list, however deep', () => {
  const SPACES = 3;
  const EVENTS_EACH = 60;
  let location: number;
  let spaces: readonly number[];

  /** Bookings of an hour every two hours, at the same times in all spaces, every third of them synchronized. */
  beforeAll(async () => {
    location = await givenLocation(app, client.tenant, 'America/New_York');
    spaces = await Promise.all(Array.from({ length: SPACES }, () => fresh(location)));
    await app.open.pool.query(
      `WITH e AS (
         INSERT INTO spaces.events
           (organization_id, space_id, title, starts_at, start_zone, ends_at, end_zone, is_all_day, visibility, uid,
            creation_type, organizer_id, organizer_email, creator_id, creator_email, created_at, updated_at)
         SELECT $1::integer, space, 'Talk ' || n, at, 'America/New_York', at + interval '1 hour', 'America/New_York', false,
                'default', gen_random_uuid(), CASE n % 3 WHEN 0 THEN 'synced' ELSE 'manual' END, m.id, m.email, m.id, m.email,
                now(), now()
           FROM unnest($2::integer[]) space, generate_series(1, $3::integer) n,
                LATERAL (SELECT timestamptz '2029-04-02T00:00Z' + n * interval '2 hours' AS at) times,
                (SELECT id, email FROM tenancy.members WHERE organization_id = $1 ORDER BY id LIMIT 1) m
         RETURNING *)
       INSERT INTO spaces.holds (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
       SELECT organization_id, id, starts_at, id, space_id, starts_at, ends_at, 'confirmed' FROM e`,
      [client.tenant.id, spaces, EVENTS_EACH],
    );
  });

  const rowsOf = async (path: string): Promise<Json[]> => (await client(path)).json.data as Json[];

  it.each<[string, string, number]>([
    ['space', '', 60],
    ['space', 'after=2029-04-03T00:00:00Z', 49],
    ['space', 'before=2029-04-06T00:00:00Z', 47],
    ['space', 'after=2029-04-03T00:00:00Z&creation_type=manual', 32],
    ['location', '', 180],
    ['location', 'after=2029-04-03T00:30:00Z', 147],
    ['location', 'before=2029-04-03T00:30:00Z', 36],
    ['location', 'after=2029-04-03T00:00:00Z&before=2029-04-05T00:00:00Z', 72],
    ['location', 'creation_type=synced', 60],
    ['location', 'before=2029-04-05T00:00:00Z&creation_type=manual', 72],
  ])('holds the same events as the list read at once: of a %s, %s', async (scope, filter, count) => {
    const path = scope === 'space' ? `/spaces/${spaces[1]}/events` : `/locations/${location}/events`;
    const whole = await rowsOf(`${path}?per_page=200&${filter}`);
    expect(whole).toHaveLength(count);
    const keys = whole.map(({ start, id }) => `${(start as Json).date_time} ${String(id).padStart(12, '0')}`);
    expect(keys).toEqual([...keys].sort());
    for (const size of [7, 25]) {
      const pages = Math.ceil(count / size) + 1;
      const rows = await Promise.all(
        Array.from({ length: pages }, (_, page) =>
          rowsOf(`${path}?per_page=${size}&page=${page + 1}&${filter}`),
        ),
      );
      expect(rows.flat()).toEqual(whole);
    }
  });
});
