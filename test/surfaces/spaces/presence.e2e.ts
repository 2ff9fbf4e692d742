import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SpacePresencePruner } from '../../../src/surfaces/spaces/presence/space-presence-pruner.js';
import { bootApp, type TestApp } from '../../support/app.js';
import type { Answer, Call } from '../../support/http.js';
import {
  givenClientOf,
  givenLocation,
  givenMember,
  givenSpace,
  givenSpacesClient,
  type SpacesClient,
} from '../../support/spaces.js';

type Json = Record<string, unknown>;
type Client = (path: string, request?: Call) => Promise<Answer>;

let app: TestApp;
let ada: SpacesClient;
/** The credential of an administrator, and one that belongs to nobody. */
let boss: Client;
let gateway: Client;
let graceId: number;
let space: number;
let other: number;

beforeAll(async () => {
  app = await bootApp();
  ada = await givenSpacesClient(app);
  graceId = await givenMember(app, ada.tenant, 'grace@example.org', { name: 'Grace Hopper' });
  const bossId = await givenMember(app, ada.tenant, 'boss@example.org', { name: 'Boss', isAdmin: true });
  boss = await givenClientOf(app, ada.tenant, bossId);
  gateway = await givenClientOf(app, ada.tenant, null);
});
afterAll(() => app.close());

beforeEach(async () => {
  await app.open.pool.query('DELETE FROM spaces.presences');
  [space, other] = [
    await givenSpace(app, ada.tenant, ada.locationId),
    await givenSpace(app, ada.tenant, ada.locationId),
  ];
});

const STAMP = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
const arrive = (client: Client, body: Json = {}, where = space): Promise<Answer> =>
  client(`/spaces/${where}/presence`, { method: 'POST', body });
const leave = (client: Client, body: Json = {}, where = space): Promise<Answer> =>
  client(`/spaces/${where}/presence`, { method: 'DELETE', body });
const present = async (where = space): Promise<Json[]> =>
  (await ada(`/spaces/${where}/presence`)).json.data as Json[];
const people = async (where = space): Promise<unknown[]> =>
  (await present(where)).map(({ user_id, device_id }) => user_id ?? `device ${String(device_id)}`);
const state = async (where = space): Promise<Json> => (await ada(`/spaces/${where}/state`)).json.data as Json;
const hasPresence = async (where = space): Promise<unknown> =>
  (await ada(`/free-busy/spaces?space_ids=${where}`)).json.data[0].has_presence as unknown;
/** Moves all presences so many minutes into the past. */
const passMinutes = (minutes: number): Promise<unknown> =>
  app.open.pool.query(
    `UPDATE spaces.presences SET arrived_at = arrived_at - make_interval(mins => $1),
       last_seen_at = last_seen_at - make_interval(mins => $1), expires_at = expires_at - make_interval(mins => $1)`,
    [minutes],
  );
const bookedNow = async (): Promise<Json> => {
  const at = (minutes: number): object => ({
    date_time: new Date(Date.now() + minutes * 60_000).toISOString(),
  });
  const answer = await ada(`/spaces/${space}/events`, {
    body: { title: 'now', start: at(-30), end: at(30) },
  });
  expect(answer.status).toBe(201);
  return answer.json.data as Json;
};

describe('a presence', () => {
  it('is said with ids and minutes in digits as well', async () => {
    const body = { user_id: String(graceId), device_id: '7', session_ttl: '600' };
    const { status, json } = await arrive(boss, body);
    expect([status, json.data]).toEqual([
      201,
      expect.objectContaining({ user_id: graceId, device_id: 7, session_ttl: 600 }),
    ]);
    expect((await leave(boss, { user_id: String(graceId) })).status).toBe(200);
    expect(await people()).toEqual([]);
    const faulty = await arrive(boss, { user_id: '1e3', session_ttl: '0' });
    expect([faulty.status, Object.keys(faulty.json.meta.more_info)]).toEqual([
      400,
      expect.arrayContaining(['user_id', 'session_ttl']),
    ]);
  });

  it('of a user is listed by their id or slug', async () => {
    await arrive(boss, { user_id: graceId });
    for (const user of [graceId, 'grace-hopper']) {
      const { json } = await ada(`/users/${user}/presence`);
      expect(json.data).toMatchObject([{ user_id: graceId, space_id: space }]);
    }
    expect((await ada(`/users/${ada.tenant.member.id}/presence`)).json.data).toEqual([]);
    expect((await ada('/users/nobody-of-this-name/presence')).status).toBe(404);
  });

  it('is of who asks when nothing is said, and lasts 15 minutes', async () => {
    const answer = await arrive(ada);
    const { id } = ada.tenant.member;
    const expected = {
      id: expect.any(Number),
      location_id: ada.locationId,
      space_id: space,
      user_id: id,
      device_id: null,
      user: (await ada('/me')).json.data,
      device: null,
      session_ttl: 15,
      session_active: true,
      last_seen_at: STAMP,
      arrived_at: STAMP,
      expired_at: null,
    };
    expect([answer.status, answer.json.data]).toEqual([201, expected]);
    expect(await present()).toEqual([answer.json.data]);
    await passMinutes(14);
    expect(await people()).toEqual([id]);
    await passMinutes(1);
    expect(await people()).toEqual([]);
  });

  it.each([
    ['self', () => 'self'],
    ['id', () => ada.tenant.member.id],
    ['id as text', () => String(ada.tenant.member.id)],
    ['slug', () => 'ada-lovelace'],
    ['address', () => 'ADA@example.org'],
  ])('names oneself by %s', async (_, ref) => {
    const answer = await arrive(ada, { user_ref: ref() });
    expect([answer.status, answer.json.data.user_id]).toEqual([201, ada.tenant.member.id]);
  });

  it('of somebody else is for administrators: by id, slug or address; to others 403', async () => {
    for (const named of [
      { user_ref: 'grace-hopper' },
      { user_ref: 'grace@example.org' },
      { user_ref: String(graceId) },
      { user_id: graceId },
    ])
      for (const who of [boss, gateway])
        expect((await arrive(who, named)).json.data).toMatchObject({ user_id: graceId, space_id: space });
    for (const named of [{ user_ref: 'grace-hopper' }, { user_id: graceId }, { user_ref: 'unknown' }])
      for (const call of [arrive, leave]) expect((await call(ada, named)).status).toBe(403);
    expect(await people()).toEqual([graceId]);
  });

  it('of nobody is refused by 400, as is that of somebody unknown', async () => {
    const refused = await arrive(gateway);
    expect([refused.status, Object.keys(refused.json.meta.more_info)]).toEqual([400, ['user_ref']]);
    expect((await arrive(gateway, { user_ref: 'self' })).status).toBe(400);
    for (const [field, value] of [
      ['user_ref', 'unknown'],
      ['user_ref', 'no@example.org'],
      ['user_ref', '1999999'],
      ['user_id', 1_999_999],
    ] as const) {
      const answer = await arrive(boss, { [field]: value });
      expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, [field]]);
    }
  });

  it('of a device alone is for administrators; with others the device is theirs', async () => {
    expect((await arrive(gateway, { device_ref: '7' })).json.data).toMatchObject({
      user_id: null,
      user: null,
      device_id: 7,
    });
    expect((await arrive(ada, { device_id: 8 })).json.data).toMatchObject({
      user_id: ada.tenant.member.id,
      device_id: 8,
    });
    expect((await people()).sort()).toEqual([ada.tenant.member.id, 'device 7']);
  });

  it('renewed keeps its number and arrival; the time to live starts again', async () => {
    const first = (await arrive(ada, { session_ttl: 10 })).json.data as Json;
    await passMinutes(9);
    const arrived = (await present())[0]?.arrived_at;
    const again = (await arrive(ada, { session_ttl: 20 })).json.data as Json;
    expect(again).toMatchObject({ id: first.id, arrived_at: arrived, session_ttl: 20 });
    expect(again.last_seen_at).not.toBe(arrived);
    await passMinutes(19);
    expect(await people()).toHaveLength(1);
    await passMinutes(2);
    expect(await people()).toEqual([]);
    const later = (await arrive(ada)).json.data as Json;
    expect(later.arrived_at).toBe(later.last_seen_at);
  });

  it('in one space ends it in any other', async () => {
    await arrive(ada);
    await arrive(gateway, { device_id: 7 });
    await arrive(ada, {}, other);
    expect([await people(), await people(other)]).toEqual([['device 7'], [ada.tenant.member.id]]);
    await arrive(gateway, { device_id: 7 }, other);
    expect([await people(), (await people(other)).length]).toEqual([[], 2]);
  });

  it('of one person or device is one, however many say so at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => [
        arrive(ada, {}, n % 2 === 0 ? space : other),
        arrive(gateway, { device_id: 7 }, n % 3 === 0 ? space : other),
      ]).flat(),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 201));
    const all = [...(await people()), ...(await people(other))];
    expect(all.sort()).toEqual([ada.tenant.member.id, 'device 7']);
  });

  it('of a device that is with a person is that person’s', async () => {
    await arrive(gateway, { device_id: 7 });
    await arrive(gateway, { user_id: graceId, device_id: 7 });
    expect(await people()).toEqual([graceId]);
    await arrive(gateway, { device_id: 7 }, other);
    expect([await people(), await people(other)]).toEqual([[], [graceId]]);
    expect((await leave(gateway, { device_id: 7 }, other)).status).toBe(200);
    expect(await people(other)).toEqual([]);
  });

  it('ends when it is deleted, by body or by query; it is no fault when nobody is there', async () => {
    await arrive(ada);
    expect((await leave(ada, {}, other)).status).toBe(200);
    expect(await people()).toHaveLength(1);
    expect((await leave(ada)).json).toEqual({
      meta: { status_code: 200, status: 'OK', message: '', more_info: {} },
      data: {},
    });
    expect(await people()).toEqual([]);
    expect((await leave(ada)).status).toBe(200);
    await arrive(boss, { user_id: graceId });
    await arrive(boss, { device_id: 7 });
    const path = `/spaces/${space}/presence`;
    expect((await boss(`${path}?user_ref=grace-hopper`, { method: 'DELETE' })).status).toBe(200);
    expect(await people()).toEqual(['device 7']);
    expect((await boss(`${path}?device_id=7`, { method: 'DELETE' })).status).toBe(200);
    expect(await people()).toEqual([]);
    expect((await boss(`${path}?user_id=${graceId}`, { method: 'DELETE' })).status).toBe(200);
  });

  it.each<[Json, string]>([
    [{ session_ttl: 0 }, 'session_ttl'],
    [{ session_ttl: 1441 }, 'session_ttl'],
    [{ session_ttl: '15m' }, 'session_ttl'],
    [{ device_ref: 'phone' }, 'device_ref'],
    [{ device_id: -1 }, 'device_id'],
    [{ user_ref: {} }, 'user_ref'],
    [{ user_id: 'x' }, 'user_id'],
  ])('with %j is refused by 400 naming the field', async (body, field) => {
    const answer = await arrive(boss, body);
    expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, [field]]);
    expect((await arrive(boss, body, 1_999_999)).status).toBe(404);
  });

  it('may last from one minute to a day', async () => {
    for (const session_ttl of [1, 1440])
      expect((await arrive(ada, { session_ttl })).json.data.session_ttl).toBe(session_ttl);
  });
});

describe('who is there', () => {
  it('is listed for a space, a location and oneself, who came last first', async () => {
    await arrive(boss, { user_id: graceId });
    await passMinutes(2);
    await arrive(boss, { device_id: 7 }, other);
    await passMinutes(2);
    await arrive(ada);
    const elsewhere = await givenLocation(app, ada.tenant, 'UTC');
    await arrive(boss, {}, await givenSpace(app, ada.tenant, elsewhere));
    const { id } = ada.tenant.member;
    const users = async (path: string): Promise<unknown[]> =>
      ((await ada(path)).json.data as Json[]).map(({ user_id }) => user_id);
    expect(await users(`/spaces/${space}/presence`)).toEqual([id, graceId]);
    expect(await users(`/locations/${ada.locationId}/presence`)).toEqual([id, null, graceId]);
    expect(await users(`/locations/${ada.locationId}/presence?per_page=1&page=2`)).toEqual([null]);
    expect(await users('/me/presence')).toEqual([id]);
    await leave(ada);
    expect((await ada('/me/presence')).json.data).toEqual([]);
  });

  it('of what is not there is 404; me of nobody as well', async () => {
    const stranger = await givenSpacesClient(app);
    for (const path of [
      '/spaces/1999999/presence',
      '/spaces/x/presence',
      '/locations/1999999/presence',
      `/spaces/${stranger.spaceId}/presence`,
      `/locations/${stranger.locationId}/presence`,
    ])
      expect([path, (await ada(path)).status]).toEqual([path, 404]);
    expect((await gateway('/me/presence')).status).toBe(404);
    for (const call of [arrive, leave])
      for (const where of [stranger.spaceId, 1_999_999])
        expect((await call(ada, {}, where)).status).toBe(404);
    const foreign = await arrive(boss, { user_id: stranger.tenant.member.id });
    expect([foreign.status, Object.keys(foreign.json.meta.more_info)]).toEqual([400, ['user_id']]);
  });

  it('costs one statement to ask', async () => {
    await arrive(ada);
    for (const path of [
      `/spaces/${space}/presence`,
      `/locations/${ada.locationId}/presence`,
      '/me/presence',
    ]) {
      const before = app.open.database.statementCount;
      expect((await ada(path)).status).toBe(200);
      expect([path, app.open.database.statementCount - before]).toEqual([path, 1]);
    }
  });
});

describe('the state of a space', () => {
  it('counts who is there, and is in use although nothing is booked; the calendar stays free', async () => {
    expect([await state(), await hasPresence()]).toEqual([
      { availability: 'available', present: 0, next_busy_change: null },
      false,
    ]);
    await arrive(ada);
    await arrive(boss, { device_id: 7 });
    expect([await state(), await hasPresence()]).toEqual([
      { availability: 'in_use', present: 2, next_busy_change: null },
      true,
    ]);
    expect((await ada(`/free-busy/spaces?space_ids=${space}`)).json.data[0].busy).toEqual([]);
    await passMinutes(16);
    expect([await state(), await hasPresence()]).toEqual([
      { availability: 'available', present: 0, next_busy_change: null },
      false,
    ]);
  });

  it('counts who checked in once, whether they are there as well or not', async () => {
    const event = await bookedNow();
    expect(await state()).toMatchObject({ availability: 'booked', present: 0 });
    await ada(`/events/${String(event.id)}/confirmation`, { method: 'PUT' });
    expect([await state(), await hasPresence()]).toMatchObject([
      { availability: 'in_use', present: 1 },
      true,
    ]);
    await arrive(ada);
    expect(await state()).toMatchObject({ availability: 'in_use', present: 1 });
    await arrive(boss, { user_id: graceId });
    expect(await state()).toMatchObject({ present: 2 });
    await arrive(ada, {}, other);
    expect(await state()).toMatchObject({ present: 2 });
  });

  it('and presence change no booking', async () => {
    const event = await bookedNow();
    const path = `/events/${String(event.id)}`;
    const before = (await ada(path)).text;
    await arrive(boss, { user_id: graceId });
    await passMinutes(16);
    expect((await ada(path)).text).toBe(before);
    expect((await ada(`/spaces/${space}/events`)).json.data).toHaveLength(1);
  });
});

describe('presences that lapsed', () => {
  it('are deleted after seven days, and the space still knows when somebody was last there', async () => {
    const count = async (): Promise<number> =>
      (await app.open.pool.query('SELECT FROM spaces.presences')).rowCount ?? 0;
    const pruner = app.app.get(SpacePresencePruner);
    const { last_seen_at } = (await arrive(ada)).json.data as { last_seen_at: string };
    await passMinutes(15 + 7 * 1440 - 5);
    await pruner.run();
    expect(await count()).toBe(1);
    await passMinutes(10);
    await pruner.run();
    expect(await count()).toBe(0);
    const shown = (await ada(`/spaces/${space}?include=state`)).json.data as Json;
    expect(shown).toMatchObject({ last_presence_at: last_seen_at, state: { present: 0 } });
  });

  it('go with their person, and with their space', async () => {
    const id = await givenMember(app, ada.tenant, 'leaving@example.org');
    await arrive(boss, { user_id: id });
    await app.open.pool.query('DELETE FROM tenancy.members WHERE id = $1', [id]);
    expect(await people()).toEqual([]);
    await arrive(ada, {}, other);
    await app.open.pool.query('DELETE FROM spaces.spaces WHERE id = $1', [other]);
    expect((await ada('/me/presence')).json.data).toEqual([]);
  });
});
