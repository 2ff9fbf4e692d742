import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenPollsClient, type PollsClient } from '../../support/polls.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

let made = 0;
async function aUser(timezone?: string): Promise<{ user: string; email: string }> {
  const email = `slots${++made}@slots.example.org`;
  const { json } = await client('/users', { body: { emails: [email], timezone } });
  return { user: json._id, email };
}

/** A confirmed event of the user. */
async function meeting(user: string, date: string, end_date: string, rest: object = {}): Promise<Json> {
  const { status, json } = await client('/events', {
    body: {
      title: 'Busy',
      created_by: { user },
      dates: [{ date, end_date, ...('all_day' in rest && { all_day: true }) }],
      confirmed: { flag: true },
      settings: { no_emails: true },
      ...rest,
    },
  });
  expect(status).toBe(201);
  return json;
}

const ask = async (path: string, query: Record<string, string>): Promise<Json> =>
  (await client(`/slots${path}?${new URLSearchParams(query).toString()}`)).json;

/** The beginnings of the slots, without the seconds. */
const startsOf = ({ slots }: Json): string[] =>
  slots.map(({ start }: Json) => start.dateTime.replace(':00+', '+').replace(/:00-(?=\d\d:\d\d$)/, '-'));
const hoursOf = (answer: Json): string[] => startsOf(answer).map((start) => start.slice(11, 16));

// 2030-05-06 is a Monday.
const MONDAY = { from: '2030-05-06', to: '2030-05-06' };

describe('slots', () => {
  it('follow each other in working hours, Monday to Friday, in the person’s zone', async () => {
    const { user } = await aUser('Europe/Paris');
    const week = { from: '2030-05-04', to: '2030-05-12' };
    const answer = await ask('', { duration: '120', users: user, ...week });
    expect(answer).toMatchObject({ timezone: 'Europe/Paris', ...week });
    expect(answer).not.toHaveProperty('nextAvailability');
    expect(answer.slots[0]).toEqual({
      start: { dateTime: '2030-05-06T09:00:00+02:00' },
      end: { dateTime: '2030-05-06T11:00:00+02:00' },
    });
    expect(startsOf(answer)).toEqual(
      ['06', '07', '08', '09', '10'].flatMap((day) =>
        ['09', '11', '13', '15'].map((hour) => `2030-05-${day}T${hour}:00+02:00`),
      ),
    );
  });

  it('are whole ones only', async () => {
    const { user } = await aUser('Europe/Paris');
    expect(hoursOf(await ask('', { duration: '180', users: user, ...MONDAY }))).toEqual(['09:00', '12:00']);
    const tooLong = await ask('', { duration: '481', users: user, ...MONDAY });
    expect(tooLong).toEqual({ timezone: 'Europe/Paris', ...MONDAY, slots: [] });
  });

  it('leave out what a person takes part in, as organiser or invited; touching is free', async () => {
    const { user, email } = await aUser('Europe/Paris');
    await meeting(user, '2030-05-06T10:00:00', '2030-05-06T11:00:00');
    const other = await aUser('Europe/Paris');
    await meeting(other.user, '2030-05-06T14:30:00', '2030-05-06T15:30:00', { invitees: [{ email }] });
    expect(hoursOf(await ask('', { duration: '60', users: user, ...MONDAY }))).toEqual([
      '09:00',
      '11:00',
      '12:00',
      '13:00',
      '16:00',
    ]);
  });

  it('are free again of what is moved, declined, cancelled or open again', async () => {
    const { user, email } = await aUser('Europe/Paris');
    const other = await aUser('Europe/Paris');
    const free = (): Promise<string[]> => ask('', { duration: '240', users: user, ...MONDAY }).then(hoursOf);
    const event = await meeting(other.user, '2030-05-06T10:00:00', '2030-05-06T11:00:00', {
      invitees: [{ email }],
    });
    expect(await free()).toEqual(['13:00']);
    await client(`/events/${event._id}`, {
      method: 'PUT',
      body: {
        dates: [{ _id: event.dates[0]._id, date: '2030-05-06T14:00:00', end_date: '2030-05-06T15:00:00' }],
      },
    });
    expect(await free()).toEqual(['09:00']);
    await client(`/events/${event._id}/decline`, { body: { invitee: event.invitees[1]._id } });
    expect(await free()).toEqual(['09:00', '13:00']);
    const open = await meeting(user, '2030-05-06T10:00:00', '2030-05-06T11:00:00');
    expect(await free()).toEqual(['13:00']);
    await client(`/events/${open._id}`, { method: 'PUT', body: { dates: [] } });
    expect(await free()).toEqual(['09:00', '13:00']);
    const called = await meeting(user, '2030-05-06T10:00:00', '2030-05-06T11:00:00');
    await client(`/events/${called._id}/cancel`, { method: 'POST' });
    expect(await free()).toEqual(['09:00', '13:00']);
  });

  it('leave out the days of an all-day event, on the person’s own clock', async () => {
    const { user } = await aUser('America/Los_Angeles');
    // 6 and 7 May in Auckland, which is 19 hours ahead.
    await meeting(user, '2030-05-06T00:00:00', '2030-05-07T00:00:00', {
      all_day: true,
      timezone: 'Pacific/Auckland',
    });
    const answer = await ask('', { duration: '480', users: user, from: '2030-05-03', to: '2030-05-08' });
    expect(startsOf(answer)).toEqual(['2030-05-03T09:00-07:00', '2030-05-08T09:00-07:00']);
  });

  it('keep to the wall clock when daylight saving begins and ends', async () => {
    const { user } = await aUser('Europe/Paris');
    const spring = await ask('', { duration: '480', users: user, from: '2031-03-28', to: '2031-03-31' });
    expect(startsOf(spring)).toEqual(['2031-03-28T09:00+01:00', '2031-03-31T09:00+02:00']);
    const autumn = await ask('', { duration: '480', users: user, from: '2031-10-24', to: '2031-10-27' });
    expect(startsOf(autumn)).toEqual(['2031-10-24T09:00+02:00', '2031-10-27T09:00+01:00']);
    await meeting(user, '2031-03-29T12:00:00', '2031-03-30T12:00:00', { all_day: true });
    const around = await ask('', { duration: '480', users: user, from: '2031-03-28', to: '2031-03-31' });
    expect(startsOf(around)).toEqual(startsOf(spring));
  });

  it('are told in the zone asked for, whose days they are in', async () => {
    const { user } = await aUser('Europe/Paris');
    const query = { duration: '240', users: user, timezone: 'Asia/Tokyo' };
    const answer = await ask('', { ...query, from: '2030-05-07', to: '2030-05-07' });
    // 09:00 in Paris is 16:00 in Tokyo, 13:00 is 20:00.
    expect(startsOf(answer)).toEqual(['2030-05-07T16:00+09:00', '2030-05-07T20:00+09:00']);
    const west = await ask('', {
      ...query,
      timezone: 'Pacific/Honolulu',
      from: '2030-05-07',
      to: '2030-05-07',
    });
    expect(startsOf(west)).toEqual(['2030-05-07T01:00-10:00', '2030-05-07T21:00-10:00']);
  });

  it('of several people are those at which all work and all are free', async () => {
    const [paris, newYork] = [await aUser('Europe/Paris'), await aUser('America/New_York')];
    const both = { duration: '60', users: `${paris.user},${newYork.user}`, ...MONDAY };
    // 09:00 in New York is 15:00 in Paris.
    const answer = await ask('', both);
    expect([answer.timezone, startsOf(answer)]).toEqual([
      'Europe/Paris',
      ['2030-05-06T15:00+02:00', '2030-05-06T16:00+02:00'],
    ]);
    await meeting(newYork.user, '2030-05-06T09:30:00', '2030-05-06T09:45:00');
    expect(startsOf(await ask('', both))).toEqual(['2030-05-06T16:00+02:00']);
    const backwards = await ask('', { ...both, users: `${newYork.user},${paris.user}` });
    expect([backwards.timezone, startsOf(backwards)]).toEqual([
      'America/New_York',
      ['2030-05-06T10:00-04:00'],
    ]);
    const never = await ask('', { ...both, users: `${newYork.user},${(await aUser('Asia/Tokyo')).user}` });
    expect(never).toEqual({ timezone: 'America/New_York', ...MONDAY, slots: [] });
  });

  it('are grouped by day, without days that have none', async () => {
    const { user } = await aUser('Europe/Paris');
    await meeting(user, '2030-05-07T08:00:00', '2030-05-07T18:00:00');
    const query = { duration: '240', users: user, from: '2030-05-06', to: '2030-05-08' };
    const list = await ask('', query);
    const answer = await ask('/days', query);
    expect(answer).toEqual({
      timezone: 'Europe/Paris',
      from: '2030-05-06',
      to: '2030-05-08',
      days: {
        '2030-05-06': { slots: list.slots.slice(0, 2) },
        '2030-05-08': { slots: list.slots.slice(2) },
      },
    });
  });

  it('that are not there are followed by the next one within 62 days', async () => {
    const { user } = await aUser('Europe/Paris');
    const weekend = { duration: '60', users: user, from: '2030-05-04', to: '2030-05-05' };
    const nextAvailability = {
      start: { dateTime: '2030-05-06T09:00:00+02:00' },
      end: { dateTime: '2030-05-06T10:00:00+02:00' },
    };
    expect(await ask('', weekend)).toMatchObject({ slots: [], nextAvailability });
    expect(await ask('/days', weekend)).toMatchObject({ days: {}, nextAvailability });
    // Until 5 July, the last Friday of these 62 days.
    await meeting(user, '2030-05-06T00:00:00', '2030-07-05T12:00:00');
    expect((await ask('', weekend)).nextAvailability.start.dateTime).toBe('2030-07-05T12:00:00+02:00');
    await meeting(user, '2030-07-05T12:00:00', '2030-07-05T18:00:00');
    expect(await ask('', weekend)).not.toHaveProperty('nextAvailability');
  });

  it('do not begin in the past', async () => {
    const { user } = await aUser('UTC');
    const past = await ask('', { duration: '60', users: user, from: '2020-01-06', to: '2020-01-10' });
    expect(past).toEqual({ timezone: 'UTC', from: '2020-01-06', to: '2020-01-10', slots: [] });
  });

  it('have a first one from now on', async () => {
    const { user } = await aUser('Europe/Paris');
    const { timezone, slots } = await ask('/next', { duration: '60', users: user });
    expect([timezone, slots.length]).toEqual(['Europe/Paris', 1]);
    const start = new Date(slots[0].start.dateTime).getTime();
    expect(start).toBeGreaterThan(Date.now() - 60_000);
    expect(start).toBeLessThan(Date.now() + 4 * 24 * 3600_000);
    expect(slots[0].start.dateTime).toMatch(/T(09|1[0-6]):00:00\+0[12]:00$/);
    await meeting(user, new Date(start).toISOString(), new Date(start + 3600_000).toISOString());
    const later = await ask('/next', { duration: '60', users: user });
    expect(new Date(later.slots[0].start.dateTime).getTime()).toBeGreaterThan(start);
    const ever = new Date(Date.now() + 70 * 24 * 3600_000).toISOString();
    await meeting(user, new Date().toISOString(), ever);
    expect(await ask('/next', { duration: '60', users: user })).toEqual({
      timezone: 'Europe/Paris',
      slots: [],
    });
  });

  it('are asked for by id or by address, also of people who were only invited', async () => {
    const { user, email } = await aUser();
    const query = { duration: '480', ...MONDAY };
    const byId = await ask('', { ...query, users: user });
    // The zone of the organization.
    expect([byId.timezone, startsOf(byId)]).toEqual(['UTC', ['2030-05-06T09:00+00:00']]);
    expect(await ask('', { ...query, user_id: user })).toEqual(byId);
    expect(await ask('', { ...query, emails: email.toUpperCase() })).toEqual(byId);
    const guest = 'guest@slots.example.org';
    await meeting(user, '2030-05-06T10:00:00', '2030-05-06T11:00:00', { invitees: [{ email: guest }] });
    expect((await ask('', { ...query, emails: guest })).slots).toEqual([]);
  });

  it('are refused for people who are nobody of the organization', async () => {
    const { user } = await aUser();
    const stranger = await givenPollsClient(app);
    const query = { duration: '60', ...MONDAY };
    for (const [field, value] of [
      ['emails', 'nobody@slots.example.org'],
      ['users', `${user},${stranger.pollsId}`],
      ['user_id', 'x'],
    ] as const) {
      const refused = await ask('', { ...query, [field]: value });
      expect([refused.status, Object.keys(refused.errors)]).toEqual([400, [field]]);
    }
  });

  it.each([
    [{}, ['duration', 'emails', 'from', 'to']],
    [{ duration: '4', users: 'x', ...MONDAY }, ['duration']],
    [{ duration: '1441', users: 'x', ...MONDAY }, ['duration']],
    [{ duration: '1.5', users: 'x', ...MONDAY }, ['duration']],
    [{ duration: '60', users: '', ...MONDAY }, ['users']],
    [{ duration: '60', users: Array(21).fill('x').join(','), ...MONDAY }, ['users']],
    [{ duration: '60', users: 'x', emails: 'a@example.org', ...MONDAY }, ['users']],
    [{ duration: '60', users: 'x', from: '2030-02-30', to: '2030-03-01' }, ['from']],
    [{ duration: '60', users: 'x', from: '2030-05-06', to: '2030-05-05' }, ['to']],
    [{ duration: '60', users: 'x', from: '2030-05-01', to: '2030-07-02' }, ['to']],
    [{ duration: '60', users: 'x', timezone: 'Mars', ...MONDAY }, ['timezone']],
  ])('are refused for faulty parameters: %j', async (query, fields) => {
    const { status, errors } = await ask('', query as Record<string, string>);
    expect([status, Object.keys(errors).sort()]).toEqual([400, fields]);
  });

  it('are listed for 62 days at most', async () => {
    const { user } = await aUser('Europe/Paris');
    const answer = await ask('', { duration: '5', users: user, from: '2030-05-01', to: '2030-07-01' });
    expect(answer.slots).toHaveLength(44 * 96);
  });

  it('cost one statement, for several people as well', async () => {
    const [one, two] = [await aUser('Europe/Paris'), await aUser('Europe/London')];
    await meeting(one.user, '2030-05-06T10:00:00', '2030-05-06T11:00:00', {
      invitees: [{ email: two.email }],
    });
    const costs: number[] = [];
    // The first ones may have to read the credential.
    for (let attempt = 0; attempt < 50 && costs.at(-1) !== 1; attempt++) {
      const before = app.open.database.statementCount;
      await ask('', { duration: '60', users: `${one.user},${two.user}`, ...MONDAY });
      costs.push(app.open.database.statementCount - before);
    }
    expect(costs.at(-1)).toBe(1);
  });

  it('exist up to the last day that a date can have', async () => {
    const { user } = await aUser('Europe/Paris');
    for (const [from, to] of [
      ['0001-01-01', '0001-01-02'],
      ['9999-12-30', '9999-12-31'],
    ] as const) {
      expect((await client(`/slots?duration=480&users=${user}&from=${from}&to=${to}`)).status).toBe(200);
    }
  });
});
