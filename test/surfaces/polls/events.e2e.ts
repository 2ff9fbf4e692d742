import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/http.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp({ environment: { POLLS_RATE_LIMIT: '1000000' } });
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

async function created(overrides: Record<string, unknown> = {}): Promise<Json> {
  const response = await client('/events', { body: aPoll(overrides) });
  expect(response.json).toHaveProperty('_id');
  expect(response.status).toBe(201);
  return response.json;
}

const change = (event: Json, body: unknown): Promise<Answer> =>
  client(`/events/${event._id}`, { method: 'PUT', body });
const act = (event: Json, what: string, body?: unknown): Promise<Answer> =>
  client(`/events/${event._id}/${what}`, { method: 'POST', ...(body !== undefined && { body }) });
const vote = (event: Json, invitee: Json, body: Record<string, unknown>): Promise<Answer> =>
  client(`/events/${event._id}/votes`, { method: 'PUT', body: { invitee: invitee._id, ...body } });

describe('creating an event', () => {
  it('keeps everything that it was given', async () => {
    const event = await created({
      timezone: 'America/New_York',
      lang: 'de',
      locale: 'sv',
      vyteme: true,
      third_party: { ct: 'token', app: 'app', name: 'superapp', group_ids: ['b', 'a'] },
      messages: { body: 'Ça va — 教室 🎓' },
      places: { name: 'Skype', address: 'jean', source: 'Skype', icon: 'P' },
    });
    expect(event).toMatchObject({
      timezone: 'America/New_York',
      lang: 'de',
      locale: 'sv',
      vyteme: true,
      third_party: { ct: 'token', app: 'app', name: 'superapp', group_ids: ['b', 'a'] },
      messages: [
        {
          from: 'creator@example.com',
          body: 'Ça va — 教室 🎓',
          created_by: { _id: client.pollsId, user: client.pollsId },
        },
      ],
      places: [{ name: 'Skype', address: 'jean', source: 'Skype', icon: 'P' }],
      settings: { no_emails: true },
      invitees_length: 3,
    });
    expect(event.dates[0].date).toBe('2031-07-16T13:00:00.000Z');
  });

  it('leaves timezone, vyteme and settings out while they are not given', async () => {
    const event = await created({ timezone: null, vyteme: null, settings: null });
    for (const key of ['timezone', 'vyteme', 'settings', 'cancelled']) expect(event).not.toHaveProperty(key);
  });

  it('gives every invitee a user and a key of their own', async () => {
    const event = await created();
    const users = event.invitees.map(({ user }: Json) => user);
    expect(new Set(users).size).toBe(3);
    expect(Object.keys(event.key_store.hash).sort()).toEqual([...users].sort());
    expect(new Set(Object.values(event.key_store.hash)).size).toBe(3);
    const again = await created();
    expect(again.invitees.map(({ user }: Json) => user)).toEqual(users);
  });

  it('makes an unknown creator a user without a membership, who is found again by id', async () => {
    const event = await created({ created_by: { email: 'Nobody@Example.com' } });
    expect(event.created_by).toMatchObject({ email: 'Nobody@Example.com', full_name: '' });
    const again = await created({ created_by: { user: event.created_by.user } });
    expect(again.created_by).toEqual(event.created_by);
  });

  it('lets a member who is created later take the user of their address over', async () => {
    const event = await created({ invitees: [{ email: 'later@example.com' }] });
    const { rows } = await app.open.pool.query<{ polls_id: string }>(
      `INSERT INTO tenancy.members (organization_id, training_id, polls_id, email, created_at)
       VALUES ($1, 'aaaaaaaaaaaaaaaaa', 'ffffffffffffffffffffffff', 'LATER@example.com', now()) RETURNING polls_id`,
      [client.tenant.id],
    );
    expect(rows[0]?.polls_id).toBe(event.invitees[1].user);
  });

  it('does not double an address, nor the creator’s', async () => {
    const event = await created({
      invitees: [{ email: 'a@x.org' }, { email: 'A@X.org' }, { email: 'CREATOR@example.com' }],
    });
    expect(event.invitees.map(({ email }: Json) => email)).toEqual(['creator@example.com', 'a@x.org']);
  });

  it('counts one object in place of a list as a list of one', async () => {
    const event = await created({
      dates: { date: '2031-01-01T10:00:00Z', end_date: '2031-01-01T10:00:00Z' },
      invitees: { email: 'one@x.org' },
    });
    expect(event.dates).toHaveLength(1);
    expect(event.invitees).toHaveLength(2);
  });

  it('is born confirmed when asked to, for the date that confirm would pick', async () => {
    const event = await created({ confirmed: { flag: true } });
    expect(event.confirmed).toEqual({
      flag: true,
      updated_at: event.createdAt,
      date_id: event.dates[0]._id,
      place_id: event.places[0]._id,
    });
  });

  it('refuses to be born confirmed without a date', async () => {
    const response = await client('/events', { body: aPoll({ confirmed: { flag: true }, dates: [] }) });
    expect([response.status, Object.keys(response.json.errors)]).toEqual([400, ['dates']]);
  });

  it.each([
    ['2031-03-30T02:30:00', 'Europe/Paris', '2031-03-30T01:30:00.000Z'],
    ['2031-10-26T02:30:00', 'Europe/Paris', '2031-10-26T00:30:00.000Z'],
    ['2031-05-04T09:00:00', 'Asia/Kathmandu', '2031-05-04T03:15:00.000Z'],
    ['2031-05-04T09:00:00.25-0530', 'Asia/Tokyo', '2031-05-04T14:30:00.250Z'],
    ['2031-05-04T09:00:00Z', 'Asia/Tokyo', '2031-05-04T09:00:00.000Z'],
    ['2031-05-04', 'Asia/Tokyo', '2031-05-03T15:00:00.000Z'],
  ])('reads the date %s in %s as %s', async (date, timezone, shown) => {
    const event = await created({ timezone, dates: [{ date, end_date: date }] });
    expect(event.dates[0]).toMatchObject({ date: shown, end_date: shown });
  });

  it('tells all faults of a body at once, by field', async () => {
    const response = await client('/events', {
      body: {
        title: '',
        created_by: {},
        dates: [
          { date: '2031-02-30' },
          { date: '2031-01-02T00:00:00Z', end_date: '2031-01-01T00:00:00Z', all_day: 'no' },
        ],
        places: [{}],
        invitees: [{ email: 'x' }],
        messages: 'hello',
        lang: 'jp',
        timezone: '+02:00',
      },
    });
    expect(response.status).toBe(400);
    expect(response.json.status).toBe(400);
    expect(Object.keys(response.json.errors).sort()).toEqual([
      'created_by.email',
      'dates.0.date',
      'dates.0.end_date',
      'dates.1.all_day',
      'dates.1.end_date',
      'invitees.0.email',
      'lang',
      'messages',
      'places.0.name',
      'timezone',
      'title',
    ]);
  });

  it.each([
    [{ created_by: { user: 'ffffffffffffffffffffff00' } }, 'created_by.user'],
    [{ dates: [{ date: '2031-07-16T09:00:00', end_date: '2031-07-16T06:59:59Z' }] }, 'dates.0.end_date'],
    [
      { timezone: 'Pacific/Apia', dates: [{ date: '2011-12-30', end_date: '2011-12-31', all_day: true }] },
      'dates.0.date',
    ],
  ])('refuses what only the database and the zone can tell: %j', async (overrides, field) => {
    const response = await client('/events', { body: aPoll(overrides) });
    expect([response.status, Object.keys(response.json.errors)]).toEqual([400, [field]]);
  });

  it('costs two statements, and a third when somebody is invited for the first time', async () => {
    const costs = async (overrides = {}): Promise<number> => {
      const before = app.open.database.statementCount;
      await created(overrides);
      return app.open.database.statementCount - before;
    };
    await created();
    expect(await costs()).toBe(2);
    const stranger = { invitees: [{ email: 'stranger@x.org' }] };
    expect([await costs(stranger), await costs(stranger)]).toEqual([3, 2]);
  });

  it('gives one new address one user, when several events invite it at once', async () => {
    const events = await Promise.all(
      Array.from({ length: 8 }, () => created({ invitees: [{ email: 'at.once@x.org' }] })),
    );
    expect(new Set(events.map(({ invitees }) => invitees[1].user)).size).toBe(1);
  });
});

describe('updating an event', () => {
  it('keeps id and votes of a date that is named by its id, or by the same start and end', async () => {
    const event = await created();
    const [first, second] = event.dates;
    await vote(event, event.invitees[1], { dates: { [first._id]: 'yes', [second._id]: 'no' } });
    const { json } = await change(event, {
      dates: [
        { date: '2031-09-01T09:00:00', end_date: '2031-09-01T10:00:00' },
        { date: second.date, end_date: second.end_date },
        { _id: first._id, date: '2031-08-01T09:00:00', end_date: '2031-08-01T10:00:00' },
      ],
    });
    expect(json.dates.map(({ _id }: Json) => _id)).toEqual([expect.any(String), second._id, first._id]);
    expect([first._id, second._id]).not.toContain(json.dates[0]._id);
    expect(json.dates[0].votes.yes).toHaveLength(1);
    expect(json.dates[1].votes.no).toHaveLength(1);
    expect(json.dates[2].votes.yes).toHaveLength(2);
    expect(json.dates[2].date).toBe('2031-08-01T07:00:00.000Z');
  });

  it('keeps id and votes of places likewise', async () => {
    const event = await created({ places: [{ name: 'A' }, { name: 'B' }] });
    const [a, b] = event.places;
    const { json } = await change(event, {
      places: [{ name: 'B' }, { _id: a._id, name: 'A2', address: 'x' }, { name: 'C' }],
    });
    expect(json.places.map(({ _id, name }: Json) => [_id, name])).toEqual([
      [b._id, 'B'],
      [a._id, 'A2'],
      [expect.any(String), 'C'],
    ]);
  });

  it('appends messages', async () => {
    const event = await created({ messages: [{ body: 'one' }] });
    const { json } = await change(event, { messages: [{ body: 'two' }, { body: 'three' }] });
    expect(json.messages.map(({ body }: Json) => body)).toEqual(['one', 'two', 'three']);
  });

  it('reads dates in the zone of the body, else of the event, else of the creator', async () => {
    const dates = [{ date: '2031-07-16T12:00:00', end_date: '2031-07-16T12:00:00' }];
    const event = await created({ timezone: 'Asia/Tokyo' });
    expect((await change(event, { dates })).json.dates[0].date).toBe('2031-07-16T03:00:00.000Z');
    expect((await change(event, { dates, timezone: 'UTC' })).json.dates[0].date).toBe(
      '2031-07-16T12:00:00.000Z',
    );
    const cleared = (await change(event, { dates, timezone: null })).json;
    expect(cleared.dates[0].date).toBe('2031-07-16T10:00:00.000Z');
    expect(cleared).not.toHaveProperty('timezone');
  });

  it('clears by null, and refuses to clear the title', async () => {
    const event = await created({ lang: 'fr', locale: 'fr' });
    expect((await change(event, { dates: null, places: null, lang: null, locale: null })).json).toMatchObject(
      {
        dates: [],
        places: [],
        lang: 'en',
        locale: 'en',
      },
    );
    const refused = await change(event, { title: null });
    expect([refused.status, Object.keys(refused.json.errors)]).toEqual([400, ['title']]);
  });

  it('answers 404 to what is not there, even when the body is faulty', async () => {
    const other = await givenPollsClient(app);
    const event = await created();
    for (const id of ['nothing', 'ffffffffffffffffffffffff', event._id]) {
      const response = await other(`/events/${id}`, { method: 'PUT', body: { title: 7 } });
      expect(response.json).toEqual({ status: 404, message: expect.any(String) });
    }
  });
});

describe('updating a confirmed event', () => {
  const settled = async (): Promise<Json> => {
    const event = await created();
    return (await act(event, `confirm?d=${event.dates[0]._id}`)).json;
  };
  const open = { flag: false, updated_at: null, multi: false };

  it('leaves it confirmed as long as its date stays, by id or by the same times', async () => {
    const event = await settled();
    const [{ _id, date, end_date }] = event.dates;
    for (const dates of [[{ _id, date, end_date }], [{ date, end_date }]]) {
      const { json } = await change(event, { dates });
      expect([json.confirmed, json.ics_sequence]).toEqual([event.confirmed, 0]);
      expect(json.dates.map((entry: Json) => entry._id)).toEqual([_id]);
    }
  });

  it('moves it when its date gets other times, and the SEQUENCE rises by one', async () => {
    const event = await settled();
    const [{ _id }] = event.dates;
    const { json } = await change(event, {
      dates: [{ _id, date: '2031-08-01T09:00:00', end_date: '2031-08-01T10:00:00' }],
    });
    expect(json.confirmed).toEqual(event.confirmed);
    expect([json.dates[0].date, json.ics_sequence]).toEqual(['2031-08-01T07:00:00.000Z', 1]);
  });

  it('opens it again when its date is not in the list any more: kept votes, a yes of the organiser', async () => {
    const event = await settled();
    const [, kept] = event.dates;
    const { json } = await change(event, {
      dates: [kept, { date: '2031-08-01T09:00:00', end_date: '2031-08-01T10:00:00' }],
    });
    expect([json.confirmed, json.ics_sequence]).toEqual([open, 1]);
    expect(json.dates[0]).toEqual(kept);
    expect(json.dates[1].votes.yes).toMatchObject([{ created_by: { user: client.pollsId } }]);
    const upcoming = (await client('/events?filter=confirmed')).json.map((entry: Json) => entry._id);
    expect(upcoming).not.toContain(event._id);
    const again = (await act(event, 'confirm')).json;
    expect([again.confirmed.flag, again.ics_sequence]).toEqual([true, 2]);
  });

  it('opens it again when all dates go', async () => {
    const { json } = await change(await settled(), { dates: [] });
    expect([json.confirmed, json.dates]).toEqual([open, []]);
  });

  it('leaves it confirmed without a place when its place goes, which counts as moved', async () => {
    const event = await settled();
    const { json } = await change(event, { places: [] });
    expect(json.confirmed).toEqual({
      flag: true,
      updated_at: event.confirmed.updated_at,
      date_id: event.confirmed.date_id,
    });
    expect(json.ics_sequence).toBe(1);
  });

  it('raises the SEQUENCE for another title, and not for the same one, a message or a vote', async () => {
    const event = await settled();
    expect((await change(event, { title: event.title, messages: [{ body: 'x' }] })).json.ics_sequence).toBe(
      0,
    );
    expect((await vote(event, event.invitees[1], { dates: {} })).json.ics_sequence).toBe(0);
    expect((await change(event, { title: 'Another' })).json.ics_sequence).toBe(1);
  });

  it('gives an entry with an id precedence over one with the same times', async () => {
    const event = await settled();
    const [{ _id, date, end_date }] = event.dates;
    const { json } = await change(event, {
      dates: [
        { date, end_date },
        { _id, date: '2031-08-01T09:00:00', end_date: '2031-08-01T10:00:00' },
      ],
    });
    expect(json.dates[1]._id).toBe(_id);
    expect(json.confirmed.date_id).toBe(_id);
  });
});

describe('confirming an event', () => {
  it('takes the date with most yes votes, of those the closest ahead, and the first place with most', async () => {
    const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
    const date = (days: number): Json => ({ date: at(days), end_date: at(days) });
    const event = await created({
      dates: [date(-1), date(9), date(3), date(1)],
      places: [{ name: 'A' }, { name: 'B' }, { name: 'C' }],
    });
    const [past, far, near] = event.dates;
    for (const guest of event.invitees.slice(1)) {
      await vote(event, guest, {
        dates: { [past._id]: 'yes', [far._id]: 'yes', [near._id]: 'yes' },
        places: { [event.places[1]._id]: 'yes', [event.places[2]._id]: 'yes' },
      });
    }
    const { json } = await act(event, 'confirm');
    expect(json.confirmed).toMatchObject({ date_id: near._id, place_id: event.places[1]._id });
    expect(json.dates.every(({ confirmed }: Json) => confirmed === false)).toBe(true);
    expect(json.confirmed).not.toHaveProperty('multi');
  });

  it('reads d and p from the query, from JSON and from a form', async () => {
    const event = await created({ places: [{ name: 'A' }, { name: 'B' }] });
    const [, d] = event.dates.map(({ _id }: Json) => _id);
    const [, p] = event.places.map(({ _id }: Json) => _id);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const response of [
      await act(event, `confirm?d=${d}&p=${p}`),
      await act(event, 'confirm', { d, p }),
      await client(`/events/${event._id}/confirm`, { method: 'POST', headers: form, body: `d=${d}&p=${p}` }),
    ]) {
      expect(response.json.confirmed).toMatchObject({ flag: true, date_id: d, place_id: p });
    }
  });

  it('leaves place_id out for an event without places', async () => {
    const event = await created({ places: [] });
    expect((await act(event, 'confirm')).json.confirmed).not.toHaveProperty('place_id');
  });

  it('answers 400 to ids of another event, all at once, and to an event without dates', async () => {
    const [event, other] = [await created(), await created()];
    const refused = await act(event, `confirm?d=${other.dates[0]._id}&p=${other.places[0]._id}`);
    expect([refused.status, Object.keys(refused.json.errors).sort()]).toEqual([400, ['d', 'p']]);
    expect((await act(await created({ dates: [] }), 'confirm')).status).toBe(400);
  });

  it('moves when it is done again, and raises the SEQUENCE', async () => {
    const event = await created();
    expect((await act(event, 'confirm')).json.ics_sequence).toBe(0);
    const moved = (await act(event, `confirm?d=${event.dates[1]._id}`)).json;
    expect(moved).toMatchObject({ ics_sequence: 1, confirmed: { date_id: event.dates[1]._id } });
  });

  it('has one result when several come at once: the answer of the last one stands', async () => {
    const event = await created();
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, index) => act(event, `confirm?d=${event.dates[index % 2]._id}`)),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const sequences = responses.map(({ json }) => json.ics_sequence).sort();
    expect(sequences).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const last = responses.find(({ json }) => json.ics_sequence === 7);
    expect((await client(`/events/${event._id}`)).json).toEqual(last?.json);
  });
});

describe('cancelling an event', () => {
  it('answers OK, once and twice, and keeps the event', async () => {
    const event = await created();
    await act(event, 'confirm');
    expect((await act(event, 'cancel')).text).toBe('OK');
    const cancelled = (await client(`/events/${event._id}`)).json;
    expect(cancelled.confirmed).toMatchObject({ flag: false, updated_at: cancelled.cancelled });
    expect(cancelled.cancelled).toMatch(/^\d{4}-.*Z$/);
    expect((await act(event, 'cancel')).text).toBe('OK');
    expect((await client(`/events/${event._id}`)).json).toEqual(cancelled);
  });

  it('lets nothing else be written afterwards', async () => {
    const event = await created();
    await act(event, 'cancel');
    const [creator, guest] = event.invitees;
    for (const response of [
      await change(event, { title: 'x' }),
      await act(event, 'confirm'),
      await act(event, 'invitees', [{ email: 'new@x.org' }]),
      await client(`/events/${event._id}/invitees/${guest._id}`, { method: 'DELETE' }),
      await vote(event, creator, { dates: {} }),
      await act(event, 'decline', { invitee: guest._id }),
      await act(event, 'messages', { invitee: guest._id, body: 'x' }),
      await act(event, 'admin', { user: guest.user }),
    ]) {
      expect(response.json).toEqual({ status: 409, message: expect.any(String) });
    }
  });

  it('and confirming at once leave no half state', async () => {
    for (let round = 0; round < 5; round++) {
      const event = await created();
      const [confirm, cancel] = await Promise.all([act(event, 'confirm'), act(event, 'cancel')]);
      expect(cancel.status).toBe(200);
      expect([200, 409]).toContain(confirm.status);
      const after = (await client(`/events/${event._id}`)).json;
      expect(after.confirmed.flag).toBe(false);
      expect(after).toHaveProperty('cancelled');
    }
  });
});

describe('inviting', () => {
  it('adds an array or one object, answers everybody, and doubles no address', async () => {
    const event = await created();
    const one = await act(event, 'invitees', { email: 'new@x.org', full_name: 'New', phone: '+33 1' });
    expect(one.json).toHaveLength(4);
    expect(one.json[3]).toMatchObject({ email: 'new@x.org', full_name: 'New', phone: '+33 1', su: false });
    const many = await act(event, 'invitees', [
      { email: 'NEW@x.org' },
      { email: 'grace@example.com' },
      { email: 'z@x.org' },
    ]);
    expect(many.json.map(({ email }: Json) => email)).toEqual([
      'creator@example.com',
      'grace@example.com',
      'alan@example.com',
      'new@x.org',
      'z@x.org',
    ]);
    const stored = (await client(`/events/${event._id}`)).json;
    expect(stored.invitees_length).toBe(5);
    expect(Object.keys(stored.key_store.hash)).toHaveLength(5);
  });

  it('loses nobody when many are invited at once', async () => {
    const event = await created({ invitees: [] });
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => act(event, 'invitees', [{ email: `p${index}@x.org` }])),
    );
    expect((await client(`/events/${event._id}`)).json.invitees_length).toBe(11);
  });

  it.each([
    [[{}], 'invitees.0.email'],
    ['"x"', 'invitees'],
    [[{ email: 'a@x.org' }, { email: 'a' }], 'invitees.1.email'],
  ])('refuses %j', async (body, field) => {
    const response = await act(await created(), 'invitees', body);
    expect([response.status, Object.keys(response.json.errors)]).toEqual([400, [field]]);
  });

  it.each(['DELETE', 'POST'])('is taken back by %s, with votes and key', async (method) => {
    const event = await created();
    const guest = event.invitees[1];
    await vote(event, guest, { dates: { [event.dates[0]._id]: 'yes' } });
    const response = await client(`/events/${event._id}/invitees/${guest._id}`, { method });
    expect([response.status, response.text]).toEqual([200, 'OK']);
    const left = (await client(`/events/${event._id}`)).json;
    expect(left.invitees.map(({ user }: Json) => user)).not.toContain(guest.user);
    expect(left.dates[0].votes.yes).toHaveLength(1);
    expect(left.key_store.hash).not.toHaveProperty(guest.user);
    expect((await client(`/events/${event._id}/invitees/${guest._id}`, { method })).status).toBe(404);
  });

  it('protects the creator with 400, and is by invitee id only', async () => {
    const event = await created();
    const [creator, guest] = event.invitees;
    expect((await client(`/events/${event._id}/invitees/${creator._id}`, { method: 'DELETE' })).status).toBe(
      400,
    );
    expect((await client(`/events/${event._id}/invitees/${guest.user}`, { method: 'DELETE' })).status).toBe(
      404,
    );
  });
});

describe('voting', () => {
  it('shows in votes and stats, replaces what was said, and works by the person’s key alone', async () => {
    const event = await created();
    const guest = event.invitees[1];
    const key = event.key_store.hash[guest.user];
    const [first, second] = event.dates.map(({ _id }: Json) => _id);
    const url = `${app.url}/v2/events/${event._id}/votes`;
    const send = async (body: unknown): Promise<{ status: number; json: Json }> => {
      const response = await fetch(url, { method: 'PUT', body: JSON.stringify(body) });
      return { status: response.status, json: await response.json() };
    };
    const voted = await send({ key, dates: { [first]: 'yes', [second]: 'no' } });
    expect(voted.status).toBe(200);
    expect(voted.json.dates[0].votes.yes[1].created_by).toEqual({ user: guest.user });
    expect(voted.json.dates[1].votes.no[0].created_by).toEqual({ user: guest.user });
    expect(voted.json.invitees[1].stats.voted).toEqual({ dates: true, places: false });
    // The keys of the other invitees do not change.
    expect(voted.json.key_store).toBe(event.key_store._id);
    const changed = await send({ key, dates: { [first]: 'no' } });
    expect(changed.json.dates[0].votes).toMatchObject({
      yes: [expect.anything()],
      no: [{ created_by: { user: guest.user } }],
    });
    expect((await send({ key: 'wrong', dates: {} })).status).toBe(404);
    expect((await send({ dates: { [first]: 'maybe' } })).status).toBe(401);
    const faulty = await send({ key, dates: { [event.places[0]._id]: 'yes' } });
    expect([faulty.status, Object.keys(faulty.json.errors)]).toEqual([400, [`dates.${event.places[0]._id}`]]);
  });

  it('loses no vote when all vote at once', async () => {
    const invitees = Array.from({ length: 12 }, (_, index) => ({ email: `v${index}@x.org` }));
    const event = await created({ invitees });
    await Promise.all(
      event.invitees
        .slice(1)
        .map((guest: Json) => vote(event, guest, { dates: { [event.dates[0]._id]: 'yes' } })),
    );
    expect((await client(`/events/${event._id}`)).json.dates[0].votes.yes).toHaveLength(13);
  });

  it('is taken back by declining, and declining by voting', async () => {
    const event = await created();
    const guest = event.invitees[1];
    await vote(event, guest, { dates: { [event.dates[0]._id]: 'yes' } });
    const declined = (await act(event, 'decline', { invitee: guest._id })).json;
    expect(declined.declines).toMatchObject([{ created_by: { user: guest.user } }]);
    expect(declined.dates[0].votes.yes).toHaveLength(1);
    expect((await act(event, 'decline', { invitee: guest._id })).json.declines).toHaveLength(1);
    const back = (await vote(event, guest, { dates: { [event.dates[1]._id]: 'yes' } })).json;
    expect(back.declines).toEqual([]);
  });

  it('comes with messages to everybody', async () => {
    const event = await created();
    const guest = event.invitees[1];
    const { json } = await act(event, 'messages', { key: event.key_store.hash[guest.user], body: 'Hello' });
    expect(json.messages).toMatchObject([
      { from: 'grace@example.com', body: 'Hello', created_by: { _id: guest.user, user: guest.user } },
    ]);
  });

  it('needs an invitee where the organization’s key is used alone', async () => {
    const event = await created();
    expect(Object.keys((await act(event, 'decline', {})).json.errors)).toEqual(['invitee']);
    expect(
      Object.keys((await act(event, 'decline', { invitee: 'ffffffffffffffffffffffff' })).json.errors),
    ).toEqual(['invitee']);
  });
});

describe('handing an event over', () => {
  it.each([true, undefined, false])('keeps the former organiser as an invitee: %s', async (keep) => {
    const event = await created();
    const guest = event.invitees[1];
    const response = await act(event, 'admin', { user: guest.user, keep_as_invitee: keep });
    expect([response.status, response.text]).toEqual([200, 'OK']);
    const after = (await client(`/events/${event._id}`)).json;
    expect(after.created_by).toMatchObject({ user: guest.user, email: 'grace@example.com' });
    const roles = after.invitees.map(({ user, su }: Json) => [user, su]);
    expect(roles.filter(([, su]: [string, boolean]) => su)).toEqual([[guest.user, true]]);
    expect(roles.map(([user]: [string]) => user).includes(client.pollsId)).toBe(keep === true);
    expect(Object.hasOwn(after.key_store.hash, client.pollsId)).toBe(keep === true);
  });

  it('takes an address of the organization as well, and does nothing for who organises it already', async () => {
    const event = await created();
    expect((await act(event, 'admin', { user: 'GRACE@example.com' })).text).toBe('OK');
    const after = (await client(`/events/${event._id}`)).json;
    expect(after.created_by.email).toBe('grace@example.com');
    expect((await act(event, 'admin', { user: 'grace@example.com' })).text).toBe('OK');
    expect((await client(`/events/${event._id}`)).json).toEqual(after);
  });

  it('is refused for an address that nobody of the organization has, and once it is cancelled', async () => {
    const event = await created();
    const refused = await act(event, 'admin', { user: 'nobody-here@example.com' });
    expect([refused.status, Object.keys(refused.json.errors)]).toEqual([400, ['user']]);
    await act(event, 'cancel');
    expect((await act(event, 'admin', { user: event.invitees[1].user })).status).toBe(409);
  });

  it('refuses who is no user', async () => {
    const response = await act(await created(), 'admin', { user: 'ffffffffffffffffffffff01' });
    expect([response.status, Object.keys(response.json.errors)]).toEqual([400, ['user']]);
  });
});

describe('the answers of errors', () => {
  it.each([
    ['/nothing', 'GET', 404],
    ['/events', 'PATCH', 405],
    ['/events', 'DELETE', 405],
  ])('speak the product’s shape: %s %s → %i', async (path, method, status) => {
    expect((await client(path, { method })).json).toEqual({ status, message: expect.any(String) });
  });

  it('say 413 over a mebibyte and 415 to what is neither JSON nor a form', async () => {
    expect(
      (await client('/events', { body: JSON.stringify({ title: 'x'.repeat(1_100_000) }) })).json.status,
    ).toBe(413);
    expect(
      (await client('/events', { headers: { 'content-type': 'text/plain' }, body: 'hello' })).json.status,
    ).toBe(415);
  });

  it('read JSON whatever the type says, and no body as {}', async () => {
    const sent = await client('/events', {
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(aPoll()),
    });
    expect(sent.status).toBe(201);
    const empty = await client('/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(Object.keys(empty.json.errors).sort()).toEqual(['created_by', 'title']);
  });

  it('cost a read one statement', async () => {
    const event = await created();
    const before = app.open.database.statementCount;
    await client(`/events/${event._id}`);
    await client('/events');
    expect(app.open.database.statementCount - before).toBe(2);
  });
});

describe('another organization', () => {
  it('sees and changes nothing: every call answers as if the event did not exist', async () => {
    const event = await created();
    const other = await givenPollsClient(app);
    const [, guest] = event.invitees;
    const calls: [string, string, unknown?][] = [
      ['GET', ''],
      ['PUT', '', { title: 'x' }],
      ['POST', '/confirm'],
      ['POST', '/cancel'],
      ['POST', '/invitees', [{ email: 'a@x.org' }]],
      ['DELETE', `/invitees/${guest._id}`],
      ['POST', `/invitees/${guest._id}`],
      ['POST', '/admin', { user: guest.user }],
      ['PUT', '/votes', { invitee: guest._id, dates: {} }],
      ['PUT', '/votes', { key: event.key_store.hash[guest.user], dates: {} }],
      ['POST', '/decline', { invitee: guest._id }],
      ['POST', '/messages', { invitee: guest._id, body: 'x' }],
    ];
    for (const [method, path, body] of calls) {
      const responses = await Promise.all(
        [event._id, 'ffffffffffffffffffffffff'].map((id) =>
          other(`/events/${id}${path}`, { method, ...(body !== undefined && { body }) }),
        ),
      );
      expect([method, path, responses[0]?.status]).toEqual([method, path, 404]);
      expect(responses[0]?.text).toBe(responses[1]?.text);
    }
    expect((await client(`/events/${event._id}`)).json).toEqual(event);
    const named = await other('/events', { body: aPoll({ created_by: { user: client.pollsId } }) });
    expect(named.status).toBe(400);
  });
});
