import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  aBooking,
  givenClientOf,
  givenLocation,
  givenMember,
  givenSpace,
  givenSpacesClient,
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

/** From and to, in minutes from now. */
function around(from: number, to: number): Json {
  const at = (minutes: number): object => ({
    date_time: new Date(Date.now() + minutes * 60_000).toISOString(),
  });
  return { start: at(from), end: at(to) };
}

async function booked(spaceId: number, differing: Json): Promise<Json> {
  const answer = await client(`/spaces/${spaceId}/events`, { body: aBooking(differing) });
  expect([answer.status, answer.json.meta.more_info]).toEqual([201, {}]);
  return answer.json.data as Json;
}

const spaceOf = async (
  id: number,
  who = client as Pick<SpacesClient, never> & typeof client,
): Promise<Json> => (await who(`/spaces/${id}`)).json.data as Json;

async function statementsOf(path: string): Promise<number> {
  await client(path);
  const before = app.open.database.statementCount;
  expect((await client(path)).status).toBe(200);
  return app.open.database.statementCount - before;
}

const DAY = 24 * 60;

describe('a space', () => {
  it('shows what it is, with defaults for what nobody has set', async () => {
    const id = await fresh();
    expect(await spaceOf(id)).toEqual({
      id,
      location_id: client.locationId,
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
      created_at: expect.stringMatching(/\+0000$/),
      updated_at: expect.stringMatching(/\+0000$/),
    });
  });

  it('tells what goes on now and what comes next, as a list of events shows them', async () => {
    const id = await fresh();
    await booked(id, { title: 'over', ...around(-60, -30) });
    const next = await booked(id, { title: 'next', ...around(60, 90) });
    await booked(id, { title: 'after next', ...around(90, 120) });
    expect(await spaceOf(id)).toMatchObject({ current_event: null, next_event: next });
    const current = await booked(id, { title: 'current', ...around(-30, 30) });
    expect(await spaceOf(id)).toMatchObject({ current_event: current, next_event: next });
    const listed = (await client(`/spaces/${id}/events/upcoming`)).json.data as Json[];
    expect(listed.slice(0, 2)).toEqual([current, next]);
  });

  it('has an event that goes on and none that comes next, the other way round too', async () => {
    const busy = await fresh();
    const current = await booked(busy, { title: 'current', ...around(-30, 30) });
    expect(await spaceOf(busy)).toMatchObject({ current_event: current, next_event: null });
    await client(`/events/${String(current.id)}`, { method: 'DELETE' });
    expect(await spaceOf(busy)).toMatchObject({ current_event: null, next_event: null });
  });

  it('names as next only what starts within 7 days', async () => {
    const id = await fresh();
    await booked(id, { title: 'far', ...around(7 * DAY + 60, 7 * DAY + 90) });
    expect(await spaceOf(id)).toMatchObject({ next_event: null });
    const near = await booked(id, { title: 'near', ...around(7 * DAY - 60, 7 * DAY - 30) });
    expect(await spaceOf(id)).toMatchObject({ next_event: near });
  });

  it('passes over an occurrence that was cancelled', async () => {
    const id = await fresh();
    const series = await booked(id, {
      title: 'daily',
      ...around(60, 90),
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    });
    const next = (await spaceOf(id)).next_event as Json;
    expect(next).toMatchObject({ series_id: series.id, status: 'confirmed' });
    await client(`/events/${String(next.id)}`, { method: 'DELETE' });
    const following = (await spaceOf(id)).next_event as Json;
    expect(following).toMatchObject({ series_id: series.id });
    expect(following.id).not.toBe(next.id);
  });

  it('hides the details of private events from others, and shows them to their people', async () => {
    const id = await fresh();
    await booked(id, { title: 'secret', visibility: 'private', ...around(-30, 30) });
    await booked(id, { title: 'secret too', visibility: 'private', ...around(30, 60) });
    const grace = await givenMember(app, client.tenant, `grace-${id}@example.org`);
    const other = await givenClientOf(app, client.tenant, grace);
    const seen = (await other(`/spaces/${id}`)).json.data as Record<string, Json>;
    expect([seen.current_event?.title, seen.next_event?.title]).toEqual(['Private event', 'Private event']);
    expect(seen.current_event?.invitees).toEqual([]);
    expect(await spaceOf(id)).toMatchObject({
      current_event: { title: 'secret' },
      next_event: { title: 'secret too' },
    });
  });

  it('is dibsed once somebody has checked in to what goes on, and takes no bookings while it is disabled', async () => {
    const id = await fresh();
    const later = await booked(id, { title: 'later', ...around(30, 60) });
    await client(`/events/${String(later.id)}/confirmation`, { method: 'PUT' });
    expect(await spaceOf(id)).toMatchObject({ is_dibsed: false });
    const current = await booked(id, { title: 'current', ...around(-30, 30) });
    await client(`/events/${String(current.id)}/confirmation`, { method: 'PUT' });
    expect(await spaceOf(id)).toMatchObject({ is_dibsed: true, behaviors: ['scheduling'] });
    await app.open.pool.query('UPDATE spaces.spaces SET is_disabled = true WHERE id = $1', [id]);
    expect(await spaceOf(id)).toMatchObject({ behaviors: [], is_disabled: true });
  });

  it('is shown in a list as it is by itself, each with its own events', async () => {
    const location = await givenLocation(app, client.tenant, 'America/New_York');
    const ids = [await fresh(location), await fresh(location), await fresh(location)];
    await booked(ids[0] ?? 0, { title: 'first now', ...around(-10, 10) });
    await booked(ids[0] ?? 0, { title: 'first next', ...around(10, 20) });
    await booked(ids[2] ?? 0, { title: 'third next', ...around(10, 20) });
    const listed = (await client(`/locations/${location}/spaces`)).json.data as Json[];
    expect(listed).toEqual(await Promise.all(ids.map((id) => spaceOf(id))));
    const second = (await client(`/locations/${location}/spaces?per_page=1&page=2`)).json;
    expect([second.data, second.paging]).toEqual([[listed[1]], { page: 2, per_page: 1 }]);
  });

  it('costs one statement, and so do 200 of them with their events and all includes', async () => {
    const location = await givenLocation(app, client.tenant, 'America/New_York');
    const all = 'include=state,calendar,location,amenities,space_amenities';
    const id = await fresh(location);
    await booked(id, { title: 'now', ...around(-10, 10) });
    expect(await statementsOf(`/spaces/${id}?${all}`)).toBe(1);
    expect(await statementsOf(`/locations/${location}/spaces?per_page=200&${all}`)).toBe(1);
    for (let count = 0; count < 199; count++) {
      const another = await fresh(location);
      if (count < 20) await booked(another, { title: `${count}`, ...around(-10, 10) });
    }
    expect(await statementsOf(`/locations/${location}/spaces?per_page=200&${all}`)).toBe(1);
    expect((await client(`/locations/${location}/spaces?per_page=200&${all}`)).json.data).toHaveLength(200);
    expect(await statementsOf(`/free-busy/spaces?location_ids=${location}&per_page=200&${all}`)).toBe(1);
  });
});

describe('include', () => {
  it('adds the state, the calendar and the location of a space; other words and blanks are ignored', async () => {
    const id = await fresh();
    await booked(id, { title: 'now', ...around(-10, 10) });
    const plain = await spaceOf(id);
    const path = `/spaces/${id}?include=${encodeURIComponent(' state, calendar ,nonsense,,location')}`;
    const state = (await client(`/spaces/${id}/state`)).json.data as Json;
    expect(state).toMatchObject({ availability: 'booked' });
    expect((await client(path)).json.data).toEqual({
      ...plain,
      state,
      calendar: (await client(`/spaces/${id}/calendar`)).json.data,
      location: (await client(`/locations/${client.locationId}`)).json.data,
    });
    expect((await client(`/spaces/${id}?include=`)).json.data).toEqual(plain);
  });

  it('adds the same to each space of a list and of free and busy', async () => {
    const location = await givenLocation(app, client.tenant, 'Asia/Tokyo');
    const id = await fresh(location);
    await booked(id, { title: 'now', ...around(-10, 10) });
    const query = 'include=state,location,amenities,space_amenities';
    const item = (await client(`/spaces/${id}?${query},calendar`)).json.data as Json;
    const listed = await client(`/locations/${location}/spaces?${query},calendar`);
    expect(listed.json.data).toEqual([item]);
    const { current_event, next_event, ...inside } = item;
    expect([current_event, next_event]).toEqual([expect.any(Object), null]);
    const byQuery = await client(`/free-busy/spaces?space_ids=${id}&${query}`);
    expect(byQuery.json.data[0].space).toEqual(inside);
    const byBody = await client(`/free-busy/spaces?${query}`, { body: { scope: { space_ids: [id] } } });
    expect(byBody.json.data[0].space).toEqual(inside);
  });
});

describe('include of an event', () => {
  const both = 'include=space,confirmation';

  /** The space as it stands in an event. */
  async function insideEvent(id: number): Promise<Json> {
    const { current_event, next_event, ...space } = await spaceOf(id);
    expect([current_event, next_event]).not.toEqual([null, null]);
    return space;
  }

  it('adds its space and its check-in to an item and to every list', async () => {
    const { tenant } = client;
    const location = await givenLocation(app, tenant, 'America/New_York');
    const id = await fresh(location);
    const plain = await booked(id, { title: 'now', ...around(-10, 60) });
    const checkIn = (
      await client(`/events/${String(plain.id)}/confirmation`, { method: 'PUT', body: { device_id: 7 } })
    ).json.data as Json;
    const expected = { ...plain, space: await insideEvent(id), confirmation: checkIn };
    expect((await client(`/events/${String(plain.id)}?${both}`)).json.data).toEqual(expected);
    const now = encodeURIComponent(new Date().toISOString());
    for (const path of [
      `/spaces/${id}/events?`,
      `/spaces/${id}/events?after=${now}&before=${now}&`,
      `/spaces/${id}/events/upcoming?`,
      `/locations/${location}/events?`,
    ]) {
      expect([path, (await client(`${path}${both}`)).json.data]).toEqual([path, [expected]]);
      expect([path, (await client(path)).json.data]).toEqual([path, [plain]]);
    }
    for (const path of ['/me/events', '/me/events/upcoming', `/users/${tenant.member.id}/events`]) {
      const all = (await client(`${path}?${both}&per_page=200`)).json.data as Json[];
      expect(all.find((event) => event.id === plain.id)).toEqual(expected);
    }
    const spaceOnly = (await client(`/events/${String(plain.id)}?include=space,nonsense`)).json.data as Json;
    expect(spaceOnly).toEqual({ ...plain, space: expected.space });
  });

  it('adds them to what is over, to an occurrence, and not to a series as a whole', async () => {
    const id = await fresh();
    const over = await booked(id, { title: 'over', ...around(-60, -30) });
    await booked(id, { title: 'next', ...around(2 * DAY, 2 * DAY + 30) });
    const shown = { ...over, space: await insideEvent(id), confirmation: null };
    expect((await client(`/spaces/${id}/events/recent?${both}`)).json.data).toEqual([shown]);
    expect((await client(`/me/events/recent?${both}&per_page=200`)).json.data).toContainEqual(shown);
    const bounds = `after=${encodeURIComponent(String(over.started_at))}&before=2099-01-01T00:00:00Z`;
    const ofKind = await client(`/spaces/${id}/events?${both}&creation_type=manual&${bounds}`);
    expect((ofKind.json.data as Json[])[0]).toEqual(shown);
    const recurrence = ['RRULE:FREQ=DAILY;COUNT=2'];
    const series = await booked(id, { title: 'daily', ...around(-10, 30), recurrence });
    const [occurrence] = (await client(`/spaces/${id}/events/upcoming`)).json.data as [Json];
    await client(`/events/${String(occurrence.id)}/confirmation`, { method: 'PUT' });
    expect((await client(`/events/${String(occurrence.id)}?${both}`)).json.data).toMatchObject({
      space: { id },
      confirmation: { event_id: occurrence.id, user_id: client.tenant.member.id },
    });
    expect((await client(`/events/${String(series.id)}?${both}`)).json.data).toMatchObject({
      space: { id },
      confirmation: null,
    });
  });

  it('adds them to the answers of creating and changing', async () => {
    const id = await fresh();
    const created = await client(`/spaces/${id}/events?${both}`, {
      body: aBooking({ title: 'a', ...around(10, 40) }),
    });
    expect(created.json.data).toMatchObject({
      title: 'a',
      space: { id, is_dibsed: false },
      confirmation: null,
    });
    const body = aBooking({ space_id: id, title: 'b', ...around(40, 70) });
    expect((await client(`/events?${both}`, { body })).json.data).toMatchObject({ space: { id } });
    const change = { method: 'PATCH', body: { title: 'c' } };
    expect((await client(`/events/${String(created.json.data.id)}?${both}`, change)).json.data).toMatchObject(
      {
        title: 'c',
        space: { id },
        confirmation: null,
      },
    );
  });

  it('hides the check-in of a private event from others', async () => {
    const id = await fresh();
    const event = await booked(id, { title: 'secret', visibility: 'private', ...around(-10, 30) });
    await client(`/events/${String(event.id)}/confirmation`, { method: 'PUT' });
    const other = await givenClientOf(
      app,
      client.tenant,
      await givenMember(app, client.tenant, `alan-${id}@example.org`),
    );
    expect((await other(`/events/${String(event.id)}?${both}`)).json.data).toMatchObject({
      title: 'Private event',
      space: { id, is_dibsed: true },
      confirmation: null,
    });
    expect((await client(`/events/${String(event.id)}?${both}`)).json.data.confirmation).not.toBeNull();
  });

  it('costs no further statement', async () => {
    const id = await fresh();
    const event = await booked(id, { title: 'now', ...around(-10, 30) });
    for (const path of [`/events/${String(event.id)}`, `/spaces/${id}/events/upcoming`, '/me/events'])
      expect([path, await statementsOf(`${path}?${both}`)]).toEqual([path, 1]);
  });
});

describe('the state of a space', () => {
  const stateOf = async (id: number): Promise<Json> =>
    (await client(`/spaces/${id}/state`)).json.data as Json;

  it('is booked from 5 minutes before a booking starts; the next change stays its start', async () => {
    const id = await fresh();
    const soon = await booked(id, { title: 'soon', ...around(4, 30) });
    expect(await stateOf(id)).toEqual({
      availability: 'booked',
      present: 0,
      next_busy_change: soon.started_at,
    });
    const other = await fresh();
    await booked(other, { title: 'not yet', ...around(7, 30) });
    expect(await stateOf(other)).toMatchObject({ availability: 'available' });
  });

  it('counts who checked in to what goes on, not to what comes next', async () => {
    const id = await fresh();
    const soon = await booked(id, { title: 'soon', ...around(3, 30) });
    await client(`/events/${String(soon.id)}/confirmation`, { method: 'PUT' });
    expect(await stateOf(id)).toMatchObject({ availability: 'booked', present: 0 });
    const now = await booked(id, { title: 'now', ...around(-30, 2) });
    await client(`/events/${String(now.id)}/confirmation`, { method: 'PUT' });
    expect(await stateOf(id)).toMatchObject({ availability: 'in_use', present: 1 });
    const row = (await client(`/free-busy/spaces?space_ids=${id}`)).json.data[0] as Json;
    expect(row.has_presence).toBe(true);
  });
});
