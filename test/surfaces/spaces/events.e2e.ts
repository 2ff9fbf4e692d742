import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  aBooking,
  givenClientOf,
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

const fresh = (name = 'Room'): Promise<number> => givenSpace(app, client.tenant, client.locationId, { name });

async function booked(spaceId: number, differing: Json = {}): Promise<Json> {
  const answer = await client(`/spaces/${spaceId}/events`, { body: aBooking(differing) });
  expect([answer.status, answer.json.meta.more_info]).toEqual([201, {}]);
  return answer.json.data as Json;
}

describe('creating an event', () => {
  it('answers 201 with every key of the page in its type and format, and reads back the same', async () => {
    const space = await fresh();
    const answer = await client(`/spaces/${space}/events`, {
      body: aBooking({
        title: 'Quarterly numbers',
        description: 'Bring the numbers.',
        location: 'Third floor',
        remote_event_id: 'abc_20310305T140000Z',
        remote_type: 'google',
        creation_type: 'manual',
        uid: 'abc@google.com',
        recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20310326T170000Z'],
        invitees: [
          { email: client.tenant.member.email.toUpperCase(), response_status: 'accepted' },
          { email: 'grace@example.com', is_organizer: false },
        ],
      }),
    });
    expect(answer.status).toBe(201);
    expect(answer.json.meta).toEqual({ status_code: 201, status: 'CREATED', message: '', more_info: {} });
    const member = client.tenant.member;
    const event = answer.json.data;
    expect(event).toEqual({
      id: expect.stringMatching(/^\d+$/),
      organizer_id: member.id,
      organizer_email: member.email,
      creator_id: member.id,
      creator_email: member.email,
      space_id: space,
      title: 'Quarterly numbers',
      description: 'Bring the numbers.',
      location: 'Third floor',
      remote_event_id: 'abc_20310305T140000Z',
      remote_type: 'google',
      creation_type: 'manual',
      uid: 'abc@google.com',
      started_at: '2031-03-05T09:00:00-0500',
      ended_at: '2031-03-05T10:00:00-0500',
      start: { date_time: '2031-03-05T09:00:00-0500', time_zone: 'America/New_York' },
      end: { date_time: '2031-03-05T10:00:00-0500', time_zone: 'America/New_York' },
      series_id: null,
      recurrence_id: null,
      status: 'confirmed',
      recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20310326T170000Z'],
      is_all_day: false,
      visibility: 'default',
      invitees: [
        {
          id: expect.any(Number),
          event_id: event.id,
          user_id: member.id,
          email: member.email,
          display_name: 'Ada Lovelace',
          response_status: 'accepted',
          is_organizer: true,
          is_resource: false,
          updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
        },
        {
          id: expect.any(Number),
          event_id: event.id,
          user_id: null,
          email: 'grace@example.com',
          display_name: null,
          response_status: 'not_responded',
          is_organizer: false,
          is_resource: false,
          updated_at: expect.any(String),
          created_at: expect.any(String),
        },
      ],
    });
    expect((await client(`/events/${event.id}`)).json).toEqual({
      meta: { status_code: 200, status: 'OK', message: '', more_info: {} },
      data: event,
    });
  });

  it('fills in what is missing: title, uid, organizer as first invitee, manual', async () => {
    const space = await fresh('Green room');
    const event = await booked(space, { title: null });
    const member = client.tenant.member;
    expect(event).toMatchObject({
      title: 'Ada Lovelace in Green room',
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      creation_type: 'manual',
      description: null,
      location: null,
      remote_event_id: null,
      recurrence: null,
      invitees: [
        { user_id: member.id, email: member.email, is_organizer: true, response_status: 'accepted' },
      ],
    });
  });

  it('costs two statements where nothing is in the way: one that knows the space, one that stores', async () => {
    const space = await fresh();
    const counts: number[] = [];
    // A process that was not scheduled for most of a second reloads its credentials.
    for (let hour = 0; hour < 20 && counts.at(-1) !== 2; hour++) {
      const before = app.open.database.statementCount;
      await booked(space, times('2031-03-05', hour));
      counts.push(app.open.database.statementCount - before);
    }
    expect(counts.at(-1)).toBe(2);
  });

  it('invites more people than can share a statement with others', async () => {
    const invitees = Array.from({ length: 120 }, (_, index) => ({ email: `guest-${index}@example.com` }));
    const event = await booked(await fresh(), { invitees });
    expect(event.invitees).toHaveLength(120);
    expect(event.invitees).toContainEqual(
      expect.objectContaining({ email: 'guest-119@example.com', event_id: event.id }),
    );
  });

  it('takes the space from the body as well', async () => {
    const space = await fresh();
    const answer = await client('/events', { body: aBooking({ space_id: space }) });
    expect([answer.status, answer.json.data.space_id]).toEqual([201, space]);
  });

  it('names a space_id that is not there in more_info', async () => {
    const answer = await client('/events', { body: aBooking({ space_id: 2_000_000_000 }) });
    expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, ['space_id']]);
  });

  it('accepts started_at and ended_at in place of start and end', async () => {
    const event = await booked(await fresh(), {
      start: undefined,
      end: undefined,
      started_at: '2031-03-05T14:00:00.000Z',
      ended_at: '2031-03-05T10:30:00-05:00',
    });
    expect([event.started_at, event.ended_at]).toEqual([
      '2031-03-05T09:00:00-0500',
      '2031-03-05T10:30:00-0500',
    ]);
  });

  it.each([
    ['2031-03-05T14:00:00Z', 'America/New_York', '2031-03-05T09:00:00-0500'],
    ['2031-03-05T09:00:00-0500', 'Europe/Berlin', '2031-03-05T15:00:00+0100'],
    ['2031-03-05T09:00:00-05:00', 'Asia/Kolkata', '2031-03-05T19:30:00+0530'],
    ['2031-03-05T14:00:00.250Z', 'UTC', '2031-03-05T14:00:00+0000'],
    ['2031-03-05T09:00:00', 'America/New_York', '2031-03-05T09:00:00-0500'],
    ['2031-03-05T09:00:00', undefined, '2031-03-05T09:00:00-0500'],
    ['2031-03-05T14:00', 'UTC', '2031-03-05T14:00:00+0000'],
  ])('reads %s in %s as %s', async (dateTime, zone, expected) => {
    const event = await booked(await fresh(), { start: { date_time: dateTime, time_zone: zone } });
    expect(event.start).toEqual({ date_time: expected, time_zone: zone ?? 'America/New_York' });
  });

  it('is synced by default with a remote id, and refuses the id twice in one space only', async () => {
    const [one, two] = [await fresh(), await fresh()];
    expect(await booked(one, { remote_event_id: 'r1' })).toMatchObject({ creation_type: 'synced' });
    const again = await client(`/spaces/${one}/events`, {
      body: aBooking({ ...times('2031-03-06', 9), remote_event_id: 'r1' }),
    });
    expect([again.status, Object.keys(again.json.meta.more_info)]).toEqual([409, ['remote_event_id']]);
    await booked(two, { remote_event_id: 'r1' });
  });

  it('knows an organizer that is no user by address alone', async () => {
    const event = await booked(await fresh(), { organizer_email: 'stranger@example.net' });
    expect(event).toMatchObject({
      organizer_id: null,
      organizer_email: 'stranger@example.net',
      creator_id: client.tenant.member.id,
    });
  });

  it('made by a token of nobody has neither creator nor organizer', async () => {
    const nobody = await givenClientOf(app, client.tenant, null);
    const answer = await nobody(`/spaces/${await fresh('Hall')}/events`, {
      body: aBooking({ title: undefined }),
    });
    expect(answer.json.data).toMatchObject({
      creator_id: null,
      creator_email: null,
      organizer_id: null,
      organizer_email: null,
      invitees: [],
      title: 'Booking of Hall',
    });
  });

  it('refuses a space out of service', async () => {
    const space = await givenSpace(app, client.tenant, client.locationId, { isDisabled: true });
    expect((await client(`/spaces/${space}/events`, { body: aBooking() })).status).toBe(409);
  });
});

describe('two events of a space', () => {
  it('never overlap: 409 names the event, and free times of the same length', async () => {
    const space = await fresh();
    const event = await booked(space, { title: 'First' });
    await booked(space, { title: 'Second', ...times('2031-03-05', 11) });
    const answer = await client(`/spaces/${space}/events`, {
      body: aBooking(times('2031-03-05', 9.5)),
    });
    expect(answer.status).toBe(409);
    expect(answer.json.meta).toMatchObject({
      status_code: 409,
      status: 'CONFLICT',
      more_info: { 'started_at and ended_at': ['overlaps event titled "First"'] },
    });
    expect(answer.json.data).toEqual({});
    expect(answer.json.clash).toMatchObject({ event_id: event.id, title: 'First', recurrence_id: null });
    const at = (text: string): object => ({ date_time: text, time_zone: 'America/New_York' });
    expect(answer.json.next_free).toEqual([
      { start: at('2031-03-05T10:00:00-0500'), end: at('2031-03-05T11:00:00-0500') },
      { start: at('2031-03-05T12:00:00-0500'), end: at('2031-03-05T13:00:00-0500') },
      { start: at('2031-03-05T13:00:00-0500'), end: at('2031-03-05T14:00:00-0500') },
    ]);
  });

  it('that are wanted at the same moment get an answer each: stored, taken, or refused for what is in it', async () => {
    const [one, two] = [await fresh(), await fresh()];
    const book = (space: number, hour: number, more: Json = {}): Promise<{ status: number }> =>
      client(`/spaces/${space}/events`, { body: aBooking({ ...times('2031-03-05', hour), ...more }) });
    const stranger = { invitees: [{ user_id: 2_000_000_000 }] };
    const answers = await Promise.all([
      ...[8, 9, 10, 11].map((hour) => book(one, hour)),
      book(two, 8),
      book(two, 8),
      book(two, 8.5),
      book(two, 10, stranger),
      book(two, 12),
    ]);
    const [taken, others] = [answers.slice(4, 7), answers.filter((_, index) => index < 4 || index > 6)];
    expect(others.map(({ status }) => status)).toEqual([201, 201, 201, 201, 400, 201]);
    expect(taken.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await client(`/spaces/${two}/events`)).json.data).toHaveLength(2);
  });

  it('may follow each other without a break', async () => {
    const space = await fresh();
    await booked(space, times('2031-03-05', 9));
    await booked(space, times('2031-03-05', 10));
    await booked(space, times('2031-03-05', 8));
  });

  it('do not tell others the title of a private one', async () => {
    const space = await fresh();
    for (const [day, visibility] of [
      ['2031-03-05', 'private'],
      ['2031-03-06', 'personal'],
      ['2031-03-07', 'confidential'],
    ] as const)
      await booked(space, { ...times(day, 9), title: 'Secret plans', visibility });
    const grace = await givenMember(app, client.tenant, `grace${space}@example.org`);
    const stranger = await givenClientOf(app, client.tenant, grace);
    for (const day of ['2031-03-05', '2031-03-06', '2031-03-07']) {
      const answer = await stranger(`/spaces/${space}/events`, { body: aBooking(times(day, 9)) });
      expect(answer.status).toBe(409);
      expect(answer.text).not.toContain('Secret');
    }
    const list = await stranger(`/spaces/${space}/events`);
    expect(list.text).not.toContain('Secret');
    expect(list.json.data).toHaveLength(3);
    expect((await stranger(`/events/${list.json.data[0].id}`)).text).not.toContain('Secret');
    const busy = await stranger(
      `/free-busy/spaces?space_ids=${space}&after=2031-03-01T00:00:00Z&before=2031-04-01T00:00:00Z`,
    );
    expect(busy.json.data[0].busy).toHaveLength(3);
    expect(busy.text).not.toContain('Secret');
    expect((await client(`/spaces/${space}/events`)).text).toContain('Secret');
  });
});

describe('changing an event', () => {
  const change = (id: unknown, body: Json): ReturnType<SpacesClient> =>
    client(`/events/${String(id)}`, { method: 'PATCH', body });

  it('changes what is given and keeps the rest', async () => {
    const event = await booked(await fresh());
    const answer = await change(event.id, { title: 'Other', description: 'd', location: 'l' });
    expect(answer.status).toBe(200);
    expect(answer.json.data).toEqual({ ...event, title: 'Other', description: 'd', location: 'l' });
    const cleared = await change(event.id, { description: null, location: null });
    expect(cleared.json.data).toEqual({ ...event, title: 'Other' });
  });

  it('moves the start alone, the end alone, both, and to another space', async () => {
    const [one, two] = [await fresh(), await fresh()];
    const event = await booked(one);
    const starts = (text: string): Json => ({ start: { date_time: text } });
    const first = await change(event.id, starts('2031-03-05T09:30:00-0500'));
    expect(first.json.data).toMatchObject({
      started_at: '2031-03-05T09:30:00-0500',
      ended_at: '2031-03-05T10:00:00-0500',
    });
    const second = await change(event.id, { end: { date_time: '2031-03-05T11:00:00' } });
    expect(second.json.data).toMatchObject({
      started_at: '2031-03-05T09:30:00-0500',
      ended_at: '2031-03-05T11:00:00-0500',
    });
    const third = await change(event.id, times('2031-03-06', 14));
    expect(third.json.data.started_at).toBe('2031-03-06T14:00:00-0500');
    const fourth = await change(event.id, { space_id: two });
    expect(fourth.json.data).toMatchObject({ space_id: two, started_at: '2031-03-06T14:00:00-0500' });
    expect((await client(`/spaces/${one}/events`)).json.data).toEqual([]);
    expect((await client(`/spaces/${two}/events`)).json.data).toEqual([fourth.json.data]);
    await booked(one, times('2031-03-06', 14));
  });

  it('moves into itself', async () => {
    const event = await booked(await fresh());
    expect((await change(event.id, times('2031-03-05', 9.25))).status).toBe(200);
  });

  it('into a clash is refused and changes nothing', async () => {
    const space = await fresh();
    const other = await fresh();
    await booked(space, { ...times('2031-03-05', 12), title: 'There already' });
    const event = await booked(space);
    const elsewhere = await booked(other, times('2031-03-05', 12));
    for (const [id, body] of [
      [event.id, { ...times('2031-03-05', 11.5), title: 'Moved' }],
      [elsewhere.id, { space_id: space, title: 'Moved' }],
    ] as const) {
      const answer = await change(id, body);
      expect(answer.status).toBe(409);
      expect(answer.json.meta.more_info['started_at and ended_at'][0]).toContain('There already');
    }
    expect((await client(`/events/${String(event.id)}`)).json.data).toEqual(event);
    expect((await client(`/events/${String(elsewhere.id)}`)).json.data).toEqual(elsewhere);
  });

  it('replaces the whole list of invitees, and who stays keeps the number', async () => {
    const event = await booked(await fresh(), { invitees: [{ email: 'a@x.org' }, { email: 'b@x.org' }] });
    const before = event.invitees as Json[];
    const answer = await change(event.id, {
      invitees: [{ email: 'c@x.org' }, { email: 'B@x.org', response_status: 'declined' }],
    });
    const after = answer.json.data.invitees as Json[];
    expect(after.map(({ email, response_status }) => [email, response_status])).toEqual([
      ['c@x.org', 'not_responded'],
      ['b@x.org', 'declined'],
    ]);
    expect(after[1]?.id).toBe(before[1]?.id);
    expect((await change(event.id, { invitees: null })).json.data.invitees).toEqual([]);
  });

  it('keeps what people answered, and what else is said of them, where a new list leaves it out', async () => {
    const email = `member${String(client.spaceId)}@example.org`;
    const userId = await givenMember(app, client.tenant, email, { name: 'Member' });
    const event = await booked(await fresh(), {
      invitees: [
        { email: 'Grace@x.org', display_name: 'Grace', response_status: 'accepted' },
        { email, response_status: 'tentative', display_name: 'Called otherwise' },
        { email: 'projector@x.org', is_resource: true, response_status: 'declined' },
      ],
    });
    const answer = await change(event.id, {
      invitees: [
        { user_id: userId },
        { email: 'grace@X.org' },
        { email: 'new@x.org' },
        { email: 'projector@x.org', response_status: 'accepted' },
      ],
    });
    const invitees = (answer.json.data.invitees as Json[]).map((invitee) => [
      invitee.response_status,
      invitee.display_name,
      invitee.is_resource,
    ]);
    expect(invitees).toEqual([
      ['tentative', 'Called otherwise', false],
      ['accepted', 'Grace', false],
      ['not_responded', null, false],
      ['accepted', null, true],
    ]);
  });

  it('keeps the answer of a user whose address was changed meanwhile', async () => {
    const email = `moved${String(client.spaceId)}@example.org`;
    const userId = await givenMember(app, client.tenant, email);
    const event = await booked(await fresh(), { invitees: [{ email, response_status: 'accepted' }] });
    await app.open.pool.query('UPDATE tenancy.members SET email = $2 WHERE id = $1', [
      userId,
      `new.${email}`,
    ]);
    const [{ id } = {}] = event.invitees as Json[];
    const answer = await change(event.id, { invitees: [{ user_id: userId }] });
    expect(answer.json.data.invitees).toEqual([
      expect.objectContaining({ id, email: `new.${email}`, response_status: 'accepted' }),
    ]);
  });

  it('moves when an invitee was changed only where something was changed, never when they were invited', async () => {
    const guests = ['a@x.org', 'b@x.org', 'c@x.org'].map((email) => ({ email }));
    const single = await booked(await fresh(), { invitees: guests });
    const series = await booked(await fresh(), {
      invitees: guests,
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    });
    await app.open.pool.query(
      `UPDATE spaces.invitees SET created_at = '2025-01-01Z', updated_at = '2025-01-02Z'`,
    );
    const kept = { created_at: '2025-01-01T00:00:00+0000', updated_at: '2025-01-02T00:00:00+0000' };
    const moved = { created_at: kept.created_at, updated_at: expect.not.stringMatching(/^2025/) };
    const added = { created_at: moved.updated_at, updated_at: moved.updated_at };
    const invitees = [
      { email: 'new@x.org' },
      { email: 'C@x.org', response_status: 'not_responded' },
      { email: 'a@x.org', response_status: 'accepted' },
    ];
    // The second is an occurrence, which from then on has a list of its own.
    for (const id of [single.id, `${String(series.id)}_20310306T140000Z`]) {
      const { json } = await change(id, { invitees });
      expect(json.data.invitees).toMatchObject([
        { email: 'new@x.org', ...added },
        { email: /^c@x.org$/i.exec(json.data.invitees[1].email as string)?.[0], ...kept },
        { email: 'a@x.org', ...moved },
      ]);
    }
    const untouched = `${String(series.id)}_20310307T140000Z`;
    const { json } = await change(untouched, { title: 'Another' });
    expect(
      (json.data.invitees as Json[]).map(({ created_at, updated_at }) => ({ created_at, updated_at })),
    ).toEqual([kept, kept, kept]);
  });

  it('is for its organizer, its creator and administrators; others get 403', async () => {
    const event = await booked(await fresh());
    const someone = await givenMember(app, client.tenant, `someone${String(event.id)}@example.org`);
    const admin = await givenMember(app, client.tenant, `admin${String(event.id)}@example.org`, {
      isAdmin: true,
    });
    const stranger = await givenClientOf(app, client.tenant, someone);
    const boss = await givenClientOf(app, client.tenant, admin);
    const path = `/events/${String(event.id)}`;
    for (const request of [
      { method: 'PATCH', body: { title: 'x' } },
      { method: 'PATCH', body: { title: 7 } },
      { method: 'DELETE' },
    ])
      expect((await stranger(path, request)).status).toBe(403);
    expect((await boss(path, { method: 'PATCH', body: { title: 'x' } })).status).toBe(200);
    expect((await boss(path, { method: 'DELETE' })).status).toBe(200);
  });

  it('by PUT answers 405', async () => {
    const event = await booked(await fresh());
    const answer = await client(`/events/${String(event.id)}`, { method: 'PUT', body: {} });
    expect([answer.status, answer.json.meta.status]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });
});

describe('deleting an event', () => {
  it('answers 200 with an empty data, then 404 and no list; uid and remote id are free again', async () => {
    const space = await fresh();
    const body = { uid: 'same@x', remote_event_id: 'same' };
    const event = await booked(space, body);
    const path = `/events/${String(event.id)}`;
    const answer = await client(path, { method: 'DELETE' });
    expect([answer.status, answer.json]).toEqual([
      200,
      { meta: { status_code: 200, status: 'OK', message: '', more_info: {} }, data: {} },
    ]);
    for (const method of ['GET', 'DELETE']) expect((await client(path, { method })).status).toBe(404);
    expect((await client(path, { method: 'PATCH', body: { title: 'x' } })).status).toBe(404);
    expect((await client(`/spaces/${space}/events`)).json.data).toEqual([]);
    await booked(space, body);
  });
});

describe('POST of an event, as clients without PATCH change it', () => {
  it('changes an event, and an occurrence, as PATCH does', async () => {
    const space = await givenSpace(app, client.tenant, client.locationId);
    const made = await client(`/spaces/${space}/events`, { body: aBooking() });
    const path = `/events/${String(made.json.data.id)}`;
    const changed = await client(path, { method: 'POST', body: { title: 'Monthly planning' } });
    expect([changed.status, changed.json.data.title]).toEqual([200, 'Monthly planning']);
    expect((await client(path)).json.data).toEqual(changed.json.data);
    const body = aBooking({ ...times('2031-05-05', 9), recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] });
    const series = await client(`/spaces/${space}/events`, { body });
    const second = `/events/${String(series.json.data.id)}_20310506T130000Z`;
    const moved = await client(second, { body: times('2031-05-06', 11) });
    expect([moved.status, moved.json.data.started_at]).toEqual([200, '2031-05-06T11:00:00-0400']);
  });

  it('is refused as PATCH is: 404 before 400, 403 to others, 409 for a clash', async () => {
    const space = await givenSpace(app, client.tenant, client.locationId);
    const made = await client(`/spaces/${space}/events`, { body: aBooking() });
    await client(`/spaces/${space}/events`, { body: aBooking(times('2031-03-05', 11)) });
    const path = `/events/${String(made.json.data.id)}`;
    expect((await client('/events/1999999', { body: { title: 7 } })).status).toBe(404);
    expect((await client(path, { body: { title: 7 } })).status).toBe(400);
    expect((await client(path, { body: times('2031-03-05', 11) })).status).toBe(409);
    const id = await givenMember(app, client.tenant, `p${space}@example.org`);
    const other = await givenClientOf(app, client.tenant, id);
    expect((await other(path, { body: { title: 'x' } })).status).toBe(403);
  });
});
