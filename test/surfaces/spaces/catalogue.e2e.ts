import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Call } from '../../support/http.js';
import { adminClient } from '../../support/admin.js';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  aBooking,
  givenClientOf,
  givenLocation,
  givenSpace,
  givenSpacesClient,
  times,
  type SpacesClient,
} from '../../support/spaces.js';

type Json = Record<string, unknown>;
type Client = (path: string, request?: Call) => Promise<Answer>;

let app: TestApp;
let member: SpacesClient;
let admin: Client;

beforeAll(async () => {
  app = await bootApp();
  member = await givenSpacesClient(app);
  admin = await givenClientOf(app, member.tenant, null);
});
afterAll(() => app.close());

const patch = (body: object): Call => ({ method: 'PATCH', body });
const DELETE: Call = { method: 'DELETE' };
const MISSING = 1_999_999;

async function made(path: string, body: object): Promise<Json & { readonly id: number }> {
  const { status, json } = await admin(path, { body });
  expect([path, status, json.meta.more_info]).toEqual([path, 201, {}]);
  return json.data as never;
}

const newLocation = (): Promise<number> => givenLocation(app, member.tenant, 'America/New_York');
const newSpace = (location = member.locationId): Promise<number> => givenSpace(app, member.tenant, location);
const newLevel = async (location: number, body: object = {}): Promise<number> =>
  (await made(`/locations/${location}/levels`, { name: 'Floor', ...body })).id;

async function rowsIn(table: string): Promise<number> {
  const { rows } = await app.open.pool.query<{ count: string }>(`SELECT count(*) FROM spaces.${table}`);
  return Number(rows[0]?.count);
}

/** Fields at fault. */
const faultsOf = ({ status, json }: Answer): unknown => [status, Object.keys(json.meta.more_info)];

describe('locations', () => {
  it('are added, changed and deleted by administrators', async () => {
    const given = {
      name: 'Mill',
      address: '1 Lane',
      time_zone: 'Europe/Berlin',
      description: 'Old',
      image: 'https://example.org/mill.png',
      latitude: 52.5,
      longitude: 13.25,
    };
    const location = await made(`/organizations/${member.tenant.slug}/locations`, given);
    expect(location).toMatchObject({ ...given, account_id: member.tenant.id, campus_id: null });
    const path = `/locations/${location.id}`;
    const changed = await admin(path, patch({ name: 'New Mill', address: null, latitude: -1 }));
    const expected = { ...given, name: 'New Mill', address: null, latitude: -1 };
    expect([changed.status, changed.json.data]).toEqual([200, expect.objectContaining(expected)]);
    expect((await member(path)).json.data).toEqual(changed.json.data);
    const space = await newSpace(location.id);
    expect((await member(`/spaces/${space}?include=location`)).json.data.location).toEqual(changed.json.data);
    await admin(`/spaces/${space}`, DELETE);
    const deleted = await admin(path, DELETE);
    expect([deleted.status, deleted.json.data]).toEqual([200, {}]);
    expect((await admin(path, DELETE)).status).toBe(404);
  });

  it('have the zone of the organization unless they are given one', async () => {
    await app.open.pool.query(`UPDATE tenancy.organizations SET time_zone = 'Asia/Tokyo' WHERE id = $1`, [
      member.tenant.id,
    ]);
    const location = await made(`/organizations/${member.tenant.id}/locations`, { name: 'Mill' });
    expect(location.time_zone).toBe('Asia/Tokyo');
    const path = `/locations/${location.id}`;
    expect((await admin(path, patch({ time_zone: 'Europe/Paris' }))).json.data.time_zone).toBe(
      'Europe/Paris',
    );
    expect((await admin(path, patch({ name: 'Barn' }))).json.data.time_zone).toBe('Europe/Paris');
    expect((await admin(path, patch({ time_zone: null }))).json.data.time_zone).toBe('Asia/Tokyo');
  });

  it('are kept while spaces are in them; levels alone go with them', async () => {
    const location = await newLocation();
    const level = await newLevel(location);
    const space = await newSpace(location);
    const refused = await admin(`/locations/${location}`, DELETE);
    expect([refused.status, refused.json.meta.message]).toEqual([409, expect.stringContaining('spaces')]);
    await admin(`/spaces/${space}`, DELETE);
    expect((await admin(`/locations/${location}`, DELETE)).status).toBe(200);
    expect((await admin(`/levels/${level}`, patch({}))).status).toBe(404);
  });

  it('tell all faults at once', async () => {
    const faulty = { name: ' ', latitude: 91, longitude: 'x', image: 'javascript:1', time_zone: 'Mars' };
    const answer = await admin(`/organizations/${member.tenant.id}/locations`, { body: faulty });
    expect(faultsOf(answer)).toEqual([400, ['name', 'time_zone', 'image', 'latitude', 'longitude']]);
  });
});

describe('spaces', () => {
  it('are added, changed and deleted by administrators', async () => {
    const location = await newLocation();
    const level = await newLevel(location);
    const given = {
      name: 'Attic',
      description: 'Under the roof',
      type: 'desk',
      capacity: 3,
      is_disabled: false,
      level_id: level,
      image: 'https://example.org/attic.png',
      discovery_radius: 4.5,
      is_accessible: true,
    };
    const space = await made(`/locations/${location}/spaces`, {
      ...given,
      behaviors: ['none'],
      is_dibsed: 1,
    });
    const shown = { behaviors: ['scheduling'], is_dibsed: false, current_event: null, next_event: null };
    expect(space).toMatchObject({ ...given, ...shown, location_id: location });
    const path = `/spaces/${space.id}`;
    const changed = await admin(`${path}?include=state`, patch({ is_disabled: true, capacity: null }));
    expect([changed.status, changed.json.data]).toEqual([
      200,
      expect.objectContaining({
        ...given,
        is_disabled: true,
        capacity: null,
        behaviors: [],
        state: expect.objectContaining({ availability: 'disabled' }),
      }),
    ]);
    const reset = { is_disabled: null, is_accessible: null, discovery_radius: null, level_id: null };
    expect((await admin(path, patch(reset))).json.data).toMatchObject({
      is_disabled: false,
      is_accessible: false,
      discovery_radius: 3,
      level_id: null,
    });
    const deleted = await admin(path, DELETE);
    expect([deleted.status, deleted.json.data]).toEqual([200, {}]);
    expect((await member(path)).status).toBe(404);
  });

  it('are on a level of their own location, and leave it when they move', async () => {
    const [here, there] = [await newLocation(), await newLocation()];
    const [level, other] = [await newLevel(here), await newLevel(there)];
    const wrong = await admin(`/locations/${here}/spaces`, { body: { name: 'Attic', level_id: other } });
    expect(faultsOf(wrong)).toEqual([400, ['level_id']]);
    const { id } = await made(`/locations/${here}/spaces`, { name: 'Attic', level_id: level });
    expect(faultsOf(await admin(`/spaces/${id}`, patch({ level_id: other })))).toEqual([400, ['level_id']]);
    const moved = (await admin(`/spaces/${id}`, patch({ location_id: there }))).json.data as Json;
    expect(moved).toMatchObject({ location_id: there, level_id: null });
    const back = await admin(`/spaces/${id}`, patch({ location_id: here, level_id: level }));
    expect(back.json.data).toMatchObject({ location_id: here, level_id: level });
    const same = await admin(`/spaces/${id}`, patch({ location_id: here }));
    expect(same.json.data).toMatchObject({ level_id: level });
    const nowhere = await admin(`/spaces/${id}`, patch({ location_id: MISSING, level_id: null }));
    expect(faultsOf(nowhere)).toEqual([400, ['location_id']]);
  });

  it('tell all faults at once', async () => {
    const faulty = { name: null, capacity: -1, is_accessible: 'no', discovery_radius: -2, level_id: 'x' };
    expect(faultsOf(await admin(`/spaces/${await newSpace()}`, patch(faulty)))).toEqual([
      400,
      ['name', 'capacity', 'level_id', 'discovery_radius', 'is_accessible'],
    ]);
  });
});

describe('writes of clients that know no JSON or no PATCH', () => {
  const form = (fields: Record<string, string>, method = 'POST'): Call => ({
    method,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

  it('are read from a form, where an empty value is null', async () => {
    const fields = {
      name: '42',
      capacity: '4',
      is_accessible: 'True',
      discovery_radius: '2.5',
      format: 'json',
    };
    const path = `/locations/${member.locationId}/spaces`;
    const { status, json } = await admin(path, form({ ...fields, image: '', behaviors: 'scheduling' }));
    expect([status, json.data]).toEqual([
      201,
      expect.objectContaining({
        name: '42',
        capacity: 4,
        is_accessible: true,
        discovery_radius: 2.5,
        image: null,
      }),
    ]);
    const place = `/spaces/${String(json.data.id)}`;
    const changed = await admin(place, form({ capacity: '', is_disabled: '1' }, 'PATCH'));
    expect(changed.json.data).toMatchObject({ name: '42', capacity: null, is_disabled: true });
    expect(faultsOf(await admin(path, form({ name: '', capacity: 'four', is_accessible: 'yes' })))).toEqual([
      400,
      expect.arrayContaining(['name', 'capacity', 'is_accessible']),
    ]);
  });

  it('may change a space by POST', async () => {
    const place = `/spaces/${await newSpace()}`;
    const answer = await admin(place, { body: { name: 'By post', capacity: '6' } });
    expect([answer.status, answer.json.data]).toEqual([
      200,
      expect.objectContaining({ name: 'By post', capacity: 6 }),
    ]);
    expect((await member(place, { body: { name: 'Mine' } })).status).toBe(403);
  });
});

describe('levels', () => {
  it('of a location are listed by ordinal, then by id', async () => {
    const location = await newLocation();
    const [first, second, third] = [
      await newLevel(location, { name: 'Ground' }),
      await newLevel(location, { name: 'Cellar', ordinal: -1 }),
      await newLevel(location, { name: 'Yard', ordinal: null }),
    ];
    const { json } = await member(`/locations/${location}/levels`);
    expect(json.data.map(({ id }: Json) => id)).toEqual([second, first, third]);
    expect(json.paging).toEqual({ page: 1, per_page: 10 });
    expect(json.data[0]).toEqual({
      id: second,
      location_id: location,
      name: 'Cellar',
      ordinal: -1,
      image: null,
      created_at: expect.stringMatching(/\+0000$/),
      updated_at: expect.stringMatching(/\+0000$/),
    });
    const changed = await admin(`/levels/${second}`, patch({ ordinal: 7 }));
    expect(changed.json.data).toMatchObject({ name: 'Cellar', ordinal: 7 });
    const page = (await member(`/locations/${location}/levels?per_page=1&page=3`)).json.data as Json[];
    expect(page.map(({ id }) => id)).toEqual([second]);
    expect((await member(`/locations/${await newLocation()}/levels`)).json.data).toEqual([]);
  });

  it('that are deleted leave their spaces on no level', async () => {
    const location = await newLocation();
    const level = await newLevel(location);
    const { id } = await made(`/locations/${location}/spaces`, { name: 'Attic', level_id: level });
    expect((await admin(`/levels/${level}`, DELETE)).json.data).toEqual({});
    expect((await member(`/spaces/${id}`)).json.data).toMatchObject({
      level_id: null,
      location_id: location,
    });
  });
});

describe('amenities', () => {
  const base = (): string => `/organizations/${member.tenant.slug}/amenities`;

  it('are listed by name, whole or by a part of it', async () => {
    for (const name of ['projector', 'Whiteboard', 'Coffee']) await made(base(), { name });
    const names = async (query = ''): Promise<unknown> =>
      (await member(`${base()}${query}`)).json.data.map(({ name }: Json) => name);
    expect(await names()).toEqual(['Coffee', 'projector', 'Whiteboard']);
    expect(await names('?query=PRO')).toEqual(['projector']);
    expect(await names('?query=%25')).toEqual([]);
    expect((await member(base())).json.data[0]).toEqual({
      id: expect.any(Number),
      organization_id: member.tenant.id,
      name: 'Coffee',
      created_at: expect.stringMatching(/\+0000$/),
      updated_at: expect.stringMatching(/\+0000$/),
    });
  });

  it('of one name exist once, whatever the case', async () => {
    const lamp = await made(base(), { name: 'Lamp' });
    const desk = await made(base(), { name: 'Desk' });
    expect(faultsOf(await admin(base(), { body: { name: 'lAMP' } }))).toEqual([409, ['name']]);
    expect(faultsOf(await admin(`/amenities/${desk.id}`, patch({ name: 'LAMP' })))).toEqual([409, ['name']]);
    expect((await admin(`/amenities/${lamp.id}`, patch({ name: 'LAMP' }))).json.data.name).toBe('LAMP');
    const another = await givenSpacesClient(app, { memberId: null });
    const theirs = await another(`/organizations/${another.tenant.id}/amenities`, { body: { name: 'Lamp' } });
    expect(theirs.status).toBe(201);
  });

  it('are given to spaces, changed and taken away', async () => {
    const space = await newSpace();
    const screen = await made(base(), { name: 'Screen' });
    const board = await made(base(), { name: 'Board' });
    const put = (amenity: Json, body: object): Promise<Answer> =>
      admin(`/spaces/${space}/amenities/${String(amenity.id)}`, { method: 'PUT', body });
    const first = await put(screen, { quantity: 2, note: 'On the wall' });
    const ofScreen = { space_id: space, amenity_id: screen.id, amenity: screen };
    expect([first.status, first.json.data]).toEqual([200, { ...ofScreen, quantity: 2, note: 'On the wall' }]);
    expect((await put(screen, { note: null })).json.data).toEqual({ ...ofScreen, quantity: 2, note: null });
    await put(board, {});
    const ofBoard = { space_id: space, amenity_id: board.id, quantity: null, note: null, amenity: board };
    const both = [ofBoard, { ...ofScreen, quantity: 2, note: null }];
    expect((await member(`/spaces/${space}/amenities`)).json.data).toEqual(both);
    expect((await member(`/spaces/${space}/amenities/${screen.id}`)).json.data).toEqual(both[1]);
    const shown = (await member(`/spaces/${space}?include=amenities,space_amenities`)).json.data as Json;
    expect([shown.amenities, shown.space_amenities]).toEqual([[board, screen], both]);
    const taken = await admin(`/spaces/${space}/amenities/${board.id}`, DELETE);
    expect([taken.status, taken.json.data]).toEqual([200, {}]);
    expect((await member(`/spaces/${space}/amenities/${board.id}`)).status).toBe(404);
    expect((await admin(`/spaces/${space}/amenities/${board.id}`, DELETE)).status).toBe(404);
    expect((await admin(`/amenities/${screen.id}`, DELETE)).json.data).toEqual({});
    expect((await member(`/spaces/${space}/amenities`)).json.data).toEqual([]);
  });

  it('that are not there cannot be given, nor those of somebody else', async () => {
    const another = await givenSpacesClient(app, { memberId: null });
    const theirs = (
      await another(`/organizations/${another.tenant.id}/amenities`, { body: { name: 'Lamp' } })
    ).json.data as Json;
    const mine = await made(base(), { name: 'Sofa' });
    const put = { method: 'PUT', body: {} };
    for (const path of [
      `/spaces/${member.spaceId}/amenities/${String(theirs.id)}`,
      `/spaces/${member.spaceId}/amenities/${MISSING}`,
      `/spaces/${another.spaceId}/amenities/${mine.id}`,
      `/spaces/${MISSING}/amenities/x`,
    ])
      expect([path, (await admin(path, put)).status]).toEqual([path, 404]);
    expect((await admin(`/amenities/${String(theirs.id)}`, DELETE)).status).toBe(404);
  });
});

describe('a read of the catalogue', () => {
  it('costs one statement', async () => {
    const location = await newLocation();
    await newLevel(location);
    const space = await newSpace(location);
    const amenity = await made(`/organizations/${member.tenant.id}/amenities`, { name: 'Counted' });
    await admin(`/spaces/${space}/amenities/${amenity.id}`, { method: 'PUT', body: {} });
    for (const path of [
      `/locations/${location}/levels`,
      `/organizations/${member.tenant.id}/amenities?query=count`,
      `/spaces/${space}/amenities`,
      `/spaces/${space}/calendar`,
      `/spaces/${space}/state`,
    ]) {
      await member(path);
      const before = app.open.database.statementCount;
      expect((await member(path)).json.data).not.toEqual([]);
      expect([path, app.open.database.statementCount - before]).toEqual([path, 1]);
    }
  });
});

describe('members who are no administrators', () => {
  it('change nothing: 403 before anything else is looked at', async () => {
    const level = await newLevel(member.locationId);
    const writes: [string, string][] = [
      ['POST', `/organizations/${member.tenant.id}/locations`],
      ['PATCH', `/locations/${member.locationId}`],
      ['DELETE', `/locations/${MISSING}`],
      ['POST', `/locations/${member.locationId}/spaces`],
      ['PATCH', `/spaces/${member.spaceId}`],
      ['PATCH', `/spaces/${MISSING}`],
      ['DELETE', `/spaces/${member.spaceId}`],
      ['POST', `/locations/${member.locationId}/levels`],
      ['PATCH', `/levels/${level}`],
      ['DELETE', `/levels/${level}`],
      ['POST', `/organizations/${member.tenant.id}/amenities`],
      ['PATCH', '/amenities/1'],
      ['DELETE', '/amenities/1'],
      ['PUT', `/spaces/${member.spaceId}/amenities/1`],
      ['DELETE', `/spaces/${member.spaceId}/amenities/1`],
    ];
    for (const [method, path] of writes)
      for (const body of method === 'DELETE' ? [undefined] : [{ name: 'x' }, { name: 7, quantity: 'x' }]) {
        const { status, json } = await member(path, { method, body });
        expect([method, path, status, json.meta.status, json.data]).toEqual([
          method,
          path,
          403,
          'FORBIDDEN',
          {},
        ]);
        expect(json.meta.message).not.toBe('');
      }
  });

  it('are told of a missing row before the faults of the body, once they are administrators', async () => {
    for (const [method, path] of [
      ['PATCH', `/spaces/${MISSING}`],
      ['PATCH', `/locations/${MISSING}`],
      ['POST', `/locations/${MISSING}/spaces`],
      ['POST', `/locations/${MISSING}/levels`],
      ['PATCH', `/levels/${MISSING}`],
      ['POST', `/organizations/${MISSING}/amenities`],
      ['POST', `/organizations/${MISSING}/locations`],
    ] as const)
      for (const body of [{ name: 7 }, { name: 'x' }])
        expect([path, (await admin(path, { method, body })).status]).toEqual([path, 404]);
  });
});

describe('deleting a space', () => {
  const booked = async (space: number, differing: Json): Promise<Json> => {
    const { status, json } = await admin(`/spaces/${space}/events`, { body: aBooking(differing) });
    expect([status, json.meta.more_info]).toEqual([201, {}]);
    return json.data as Json;
  };
  const ago = (minutes: number): object => ({
    date_time: new Date(Date.now() - minutes * 60_000).toISOString(),
  });

  it('is refused while a booking is ahead or goes on, and names the first', async () => {
    const space = await newSpace();
    await booked(space, { title: 'later', ...times('2031-03-06', 9) });
    const first = await booked(space, { title: 'now', start: ago(10), end: ago(-10) });
    for (const refused of [
      await admin(`/spaces/${space}`, DELETE),
      await admin(`/spaces/${space}`, DELETE),
    ]) {
      expect([refused.status, refused.json.meta.status]).toEqual([409, 'CONFLICT']);
      expect(refused.json.meta.message).toContain(`event ${String(first.id)} "now"`);
    }
    const path = `/organizations/${member.tenant.id}/spaces/${space}`;
    const byAdminApi = await adminClient(app)(path, DELETE);
    expect([byAdminApi.status, byAdminApi.json.detail]).toEqual([
      409,
      expect.stringContaining(`event ${String(first.id)} "now"`),
    ]);
    await app.open.pool.query(`UPDATE spaces.events SET visibility = 'private' WHERE title = 'now'`);
    expect((await admin(`/spaces/${space}`, DELETE)).json.meta.message).not.toContain('"now"');
    expect((await member(`/spaces/${space}`)).status).toBe(200);
  });

  it.each(['the API of space bookings', 'the admin API'])(
    'takes past bookings with it, by %s',
    async (through) => {
      const space = await newSpace();
      const before = await Promise.all(['events', 'holds', 'invitees', 'confirmations'].map(rowsIn));
      const past = await booked(space, { title: 'past', start: ago(10), end: ago(-10) });
      await member(`/events/${String(past.id)}/confirmation`, { method: 'PUT' });
      await admin(`/events/${String(past.id)}/confirmation`, { method: 'PUT' });
      const series = {
        start: ago(5 * 24 * 60),
        end: ago(5 * 24 * 60 - 10),
        recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
      };
      await booked(space, { title: 'series', ...series });
      const moved = (await member(`/spaces/${space}/events`)).json.data[0] as Json;
      await admin(`/events/${String(moved.id)}`, patch({ title: 'changed' }));
      await app.open.pool.query(
        `UPDATE spaces.holds SET starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour'
          WHERE space_id = $1`,
        [space],
      );
      const amenity = await made(`/organizations/${member.tenant.id}/amenities`, { name: `of ${through}` });
      await admin(`/spaces/${space}/amenities/${amenity.id}`, { method: 'PUT', body: {} });
      const status =
        through === 'the admin API'
          ? (await adminClient(app)(`/organizations/${member.tenant.id}/spaces/${space}`, DELETE)).status
          : (await admin(`/spaces/${space}`, DELETE)).status;
      expect([200, 204]).toContain(status);
      expect((await member(`/spaces/${space}`)).status).toBe(404);
      expect((await member(`/events/${String(past.id)}`)).status).toBe(404);
      expect(await Promise.all(['events', 'holds', 'invitees', 'confirmations'].map(rowsIn))).toEqual(before);
    },
  );

  it('is refused while an endless series is booked in it, even when its occurrences are cancelled', async () => {
    const space = await newSpace();
    const series = await booked(space, {
      title: 'for ever',
      ...times('2031-03-05', 9),
      recurrence: ['RRULE:FREQ=YEARLY'],
    });
    await app.open.pool.query(`UPDATE spaces.holds SET status = 'cancelled' WHERE space_id = $1`, [space]);
    const refused = await admin(`/spaces/${space}`, DELETE);
    expect([refused.status, refused.json.meta.message]).toEqual([
      409,
      expect.stringContaining(`event ${String(series.id)} "for ever"`),
    ]);
    await admin(`/events/${String(series.id)}`, DELETE);
    expect((await admin(`/spaces/${space}`, DELETE)).status).toBe(200);
  });

  it('goes ahead when all that is ahead was cancelled', async () => {
    const space = await newSpace();
    await booked(space, {
      title: 'twice',
      ...times('2031-03-05', 9),
      recurrence: ['RRULE:FREQ=DAILY;COUNT=2'],
    });
    for (const { id } of (await member(`/spaces/${space}/events`)).json.data as Json[])
      expect((await admin(`/events/${String(id)}`, DELETE)).status).toBe(200);
    expect((await admin(`/spaces/${space}`, DELETE)).status).toBe(200);
  });

  it('is refused while an occurrence of its series is ahead in another space, not the other way round', async () => {
    const [home, guest] = [await newSpace(), await newSpace()];
    const series = await booked(home, {
      title: 'twice',
      ...times('2031-03-05', 9),
      recurrence: ['RRULE:FREQ=DAILY;COUNT=2'],
    });
    const [first, second] = (await member(`/spaces/${home}/events`)).json.data as [Json, Json];
    await admin(`/events/${String(first.id)}`, DELETE);
    await admin(`/events/${String(second.id)}`, patch({ space_id: guest }));
    const refused = await admin(`/spaces/${home}`, DELETE);
    expect([refused.status, refused.json.meta.message]).toEqual([
      409,
      expect.stringContaining(String(second.id)),
    ]);
    expect((await admin(`/spaces/${guest}`, DELETE)).status).toBe(409);
    await app.open.pool.query(
      `UPDATE spaces.holds SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'
        WHERE space_id = $1`,
      [guest],
    );
    expect((await admin(`/spaces/${guest}`, DELETE)).status).toBe(200);
    expect((await member(`/events/${String(series.id)}`)).status).toBe(200);
    expect((await member(`/events/${String(second.id)}`)).status).toBe(404);
    expect((await admin(`/spaces/${home}`, DELETE)).status).toBe(200);
  });

  it('and booking at the same moment: the booking stands and the space stays, or there is no space', async () => {
    for (let round = 0; round < 15; round++) {
      const space = await newSpace();
      const bookings = Array.from({ length: 4 }, (_, index) =>
        member(`/spaces/${space}/events`, { body: aBooking(times('2031-03-05', 8 + index)) }),
      );
      const [deleted, ...answers] = await Promise.all([admin(`/spaces/${space}`, DELETE), ...bookings]);
      const statuses = answers.map(({ status }) => status);
      const stands = deleted?.status === 409;
      expect([200, 409]).toContain(deleted?.status);
      expect(stands ? statuses.includes(201) : statuses.every((status) => status === 404)).toBe(true);
      expect((await member(`/spaces/${space}`)).status).toBe(stands ? 200 : 404);
    }
  });

  it('takes a long history with it', async () => {
    const space = await newSpace();
    await app.open.pool.query(
      `WITH e AS (
         INSERT INTO spaces.events (organization_id, space_id, title, starts_at, start_zone, ends_at, end_zone,
                                    is_all_day, visibility, uid, creation_type, created_at, updated_at)
         SELECT $1, $2, 'past', now() - n * interval '1 hour', 'UTC', now() - n * interval '1 hour' + interval '1 minute',
                'UTC', false, 'default', n::text, 'manual', now(), now()
           FROM generate_series(1, 1200) n RETURNING *)
       INSERT INTO spaces.holds (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
       SELECT organization_id, id, starts_at, id, space_id, starts_at, ends_at, 'confirmed' FROM e`,
      [member.tenant.id, space],
    );
    expect((await admin(`/spaces/${space}`, DELETE)).status).toBe(200);
    expect((await member(`/spaces/${space}`)).status).toBe(404);
  });

  it('of somebody else is not possible', async () => {
    const another = await givenSpacesClient(app, { memberId: null });
    expect((await another(`/spaces/${await newSpace()}`, DELETE)).status).toBe(404);
  });
});
