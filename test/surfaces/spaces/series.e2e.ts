import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SpaceHorizonService } from '../../../src/surfaces/spaces/series/space-horizon.service.js';
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

const fresh = (): Promise<number> => givenSpace(app, client.tenant, client.locationId);
const WEEKLY = ['RRULE:FREQ=WEEKLY;COUNT=4'];

async function booked(spaceId: number, differing: Json = {}): Promise<Json> {
  const answer = await client(`/spaces/${spaceId}/events`, { body: aBooking(differing) });
  expect([answer.status, answer.json.meta.more_info]).toEqual([201, {}]);
  return answer.json.data as Json;
}

async function listed(spaceId: number, query = ''): Promise<Json[]> {
  return (await client(`/spaces/${spaceId}/events?per_page=200${query}`)).json.data as Json[];
}

const starts = (events: Json[]): unknown[] => events.map((event) => event.started_at);
const change = (id: unknown, body: Json): ReturnType<SpacesClient> =>
  client(`/events/${String(id)}`, { method: 'PATCH', body });
const remove = (id: unknown): ReturnType<SpacesClient> =>
  client(`/events/${String(id)}`, { method: 'DELETE' });

describe('a series', () => {
  it('is listed by its occurrences, each under its original start, not by its master', async () => {
    const space = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    const list = await listed(space);
    expect(list.map(({ id }) => id)).toEqual(
      ['20310305T140000Z', '20310312T130000Z', '20310319T130000Z', '20310326T130000Z'].map(
        (start) => `${String(master.id)}_${start}`,
      ),
    );
    expect(list[1]).toEqual({
      ...master,
      id: `${String(master.id)}_20310312T130000Z`,
      series_id: master.id,
      recurrence_id: '20310312T130000Z',
      recurrence: null,
      started_at: '2031-03-12T09:00:00-0400',
      ended_at: '2031-03-12T10:00:00-0400',
      start: { date_time: '2031-03-12T09:00:00-0400', time_zone: 'America/New_York' },
      end: { date_time: '2031-03-12T10:00:00-0400', time_zone: 'America/New_York' },
      invitees: (master.invitees as Json[]).map((invitee) => ({ ...invitee, event_id: list[1]?.id })),
    });
    expect((await client(`/events/${String(list[1]?.id)}`)).json.data).toEqual(list[1]);
    expect((await client(`/events/${String(master.id)}`)).json.data).toEqual(master);
  });

  it('is refused whole, naming the first occurrence that clashes', async () => {
    const space = await fresh();
    await booked(space, { title: 'In the way', ...times('2031-03-19', 9.5) });
    const answer = await client(`/spaces/${space}/events`, { body: aBooking({ recurrence: WEEKLY }) });
    expect(answer.status).toBe(409);
    expect(answer.json.meta.more_info).toEqual({
      'started_at and ended_at': ['overlaps event titled "In the way" in occurrence 20310319T130000Z'],
    });
    expect(answer.json.clash.recurrence_id).toBe('20310319T130000Z');
    expect(answer.json.next_free).toHaveLength(3);
    expect(await listed(space)).toHaveLength(1);
  });

  it('with on_conflict skip books what is free and lists what is not', async () => {
    const space = await fresh();
    await booked(space, times('2031-03-19', 9.5));
    const series = await booked(space, { recurrence: WEEKLY, on_conflict: 'skip' });
    const at = (text: string): object => ({ date_time: text, time_zone: 'America/New_York' });
    expect(series.skipped).toEqual([
      {
        recurrence_id: '20310319T130000Z',
        start: at('2031-03-19T09:00:00-0400'),
        end: at('2031-03-19T10:00:00-0400'),
      },
    ]);
    expect(await listed(space)).toHaveLength(4);
    const skipped = await client(`/events/${String(series.id)}_20310319T130000Z`);
    expect([skipped.status, skipped.json.data.status]).toEqual([200, 'cancelled']);
    expect((await client(`/events/${String(series.id)}`)).json.data.skipped).toEqual(series.skipped);
    const other = await givenMember(app, client.tenant, `other${space}@example.org`);
    const stranger = await givenClientOf(app, client.tenant, other);
    expect((await stranger(`/events/${String(series.id)}_20310319T130000Z`)).status).toBe(404);
  });

  it('with on_conflict skip and nothing free is refused', async () => {
    const space = await fresh();
    await booked(space, { recurrence: WEEKLY });
    const body = aBooking({ recurrence: WEEKLY, on_conflict: 'skip' });
    expect((await client(`/spaces/${space}/events`, { body })).status).toBe(409);
  });

  it.each([
    [['RRULE:FREQ=HOURLY'], 'FREQ=HOURLY'],
    [['RRULE:FREQ=WEEKLY;COUNT=x'], 'COUNT=x'],
    [['RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20320101T000000Z'], 'COUNT=3'],
    [['RRULE:FREQ=WEEKLY;BYDAY=XX'], 'BYDAY=XX'],
    [['RRULE:FREQ=MONTHLY;BYDAY=9MO'], 'BYDAY=9MO'],
    [['RRULE:FREQ=DAILY;COLOUR=red'], 'COLOUR'],
    [['RRULE:FREQ=DAILY;INTERVAL=0'], 'INTERVAL=0'],
    [['RRULE:FREQ=DAILY;UNTIL=20310230T000000Z'], '20310230'],
    [['RRULE:INTERVAL=2'], 'INTERVAL=2'],
    [['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:yesterday'], 'EXDATE:yesterday'],
    [['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;TZID=Mars/Base:20310306T090000'], 'Mars/Base'],
    [['EXRULE:FREQ=DAILY'], 'needs an RRULE'],
    [['FREQ=DAILY'], 'FREQ=DAILY'],
    ['RRULE:FREQ=DAILY', 'list'],
    [['RRULE:FREQ=DAILY;COUNT=10001'], '10000'],
    [['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3'], 'hardly'],
    [['RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0,30;COUNT=4'], 'overlaps itself'],
    [['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:20310305T140000Z,20310306T140000Z,20310307T140000Z'], 'leaves no'],
  ])('of %j is refused by 400 that names the line', async (recurrence, named) => {
    const answer = await client(`/spaces/${client.spaceId}/events`, { body: aBooking({ recurrence }) });
    expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, ['recurrence']]);
    expect(answer.json.meta.more_info.recurrence.join()).toContain(named);
  });

  it('of 10,000 occurrences is booked, clashes in its last one, and moves', async () => {
    const space = await fresh();
    const recurrence = ['RRULE:FREQ=DAILY;COUNT=10000'];
    const series = await booked(space, { recurrence });
    const window = '&after=2058-01-01T00:00:00Z&before=2058-01-08T00:00:00Z';
    expect(await listed(space, window)).toHaveLength(7);
    const late = await client(`/spaces/${space}/events`, {
      body: aBooking(times('2058-07-20', 9.5)),
    });
    expect(late.status).toBe(409);
    expect((await change(series.id, times('2031-03-05', 9.5))).status).toBe(200);
  });

  it('subtracts EXRULE and EXDATE and adds RDATE', async () => {
    const space = await fresh();
    await booked(space, {
      recurrence: [
        'RRULE:FREQ=DAILY;COUNT=6',
        'EXRULE:FREQ=WEEKLY;BYDAY=SA,SU',
        'EXDATE;TZID=America/New_York:20310306T090000',
        'RDATE:20310311T180000Z',
      ],
    });
    expect(starts(await listed(space))).toEqual([
      '2031-03-05T09:00:00-0500',
      '2031-03-07T09:00:00-0500',
      '2031-03-10T09:00:00-0400',
      '2031-03-11T14:00:00-0400',
    ]);
  });
});

describe('one occurrence', () => {
  it('changes on its own', async () => {
    const space = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    const id = `${String(master.id)}_20310312T130000Z`;
    const answer = await change(id, { title: 'Special', ...times('2031-03-12', 15) });
    expect(answer.json.data).toMatchObject({
      id,
      title: 'Special',
      uid: master.uid,
      series_id: master.id,
      recurrence_id: '20310312T130000Z',
      started_at: '2031-03-12T15:00:00-0400',
    });
    expect((await client(`/events/${id}`)).json.data).toEqual(answer.json.data);
    expect((await listed(space)).map(({ title }) => title)).toEqual([
      'Weekly planning',
      'Special',
      'Weekly planning',
      'Weekly planning',
    ]);
    // The old time is free and the new one is not; a second change conflicts with the first.
    await booked(space, times('2031-03-12', 9));
    const clash = await client(`/spaces/${space}/events`, { body: aBooking(times('2031-03-12', 15)) });
    expect(clash.json.clash).toMatchObject({ event_id: id, title: 'Special' });
    expect((await change(id, { description: 'again' })).json.data).toMatchObject({
      title: 'Special',
      description: 'again',
      started_at: '2031-03-12T15:00:00-0400',
    });
  });

  it('cannot be moved onto another of its series', async () => {
    const master = await booked(await fresh(), { recurrence: WEEKLY });
    const answer = await change(`${String(master.id)}_20310312T130000Z`, times('2031-03-19', 9.5));
    expect([answer.status, answer.json.clash.event_id]).toEqual([
      409,
      `${String(master.id)}_20310319T130000Z`,
    ]);
  });

  it('is cancelled alone, and its time is free', async () => {
    const space = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    const id = `${String(master.id)}_20310312T130000Z`;
    expect((await remove(id)).status).toBe(200);
    expect([(await client(`/events/${id}`)).status, (await remove(id)).status]).toEqual([404, 404]);
    expect(await listed(space)).toHaveLength(3);
    await booked(space, times('2031-03-12', 9));
  });

  it('keeps what people answered to the series where its own list leaves it out', async () => {
    const invitees = [{ email: 'a@x.org', response_status: 'accepted' }, { email: 'b@x.org' }];
    const master = await booked(await fresh(), { recurrence: WEEKLY, invitees });
    const id = `${String(master.id)}_20310312T130000Z`;
    const answers = async (list: Json[]): Promise<unknown[]> => {
      const { json } = await change(id, { invitees: list });
      return (json.data.invitees as Json[]).map(({ email, response_status }) => [email, response_status]);
    };
    expect(await answers([{ email: 'A@x.org' }, { email: 'c@x.org', response_status: 'declined' }])).toEqual([
      ['A@x.org', 'accepted'],
      ['c@x.org', 'declined'],
    ]);
    expect(await answers([{ email: 'c@x.org' }])).toEqual([['c@x.org', 'declined']]);
  });

  it('takes no recurrence of its own', async () => {
    const master = await booked(await fresh(), { recurrence: WEEKLY });
    const answer = await change(`${String(master.id)}_20310312T130000Z`, { recurrence: WEEKLY });
    expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, ['recurrence']]);
  });

  it('that the rule does not have is not found', async () => {
    const master = await booked(await fresh(), { recurrence: WEEKLY });
    for (const start of ['20310313T130000Z', '20310312T130001Z', '2031', 'x'])
      expect((await client(`/events/${String(master.id)}_${start}`)).status).toBe(404);
    const single = await booked(await fresh());
    expect((await client(`/events/${String(single.id)}_20310305T140000Z`)).status).toBe(404);
  });
});

describe('the whole series', () => {
  it('keeps its exceptions when its times stay, and they follow in what they did not change', async () => {
    const space = await fresh();
    const other = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    const id = `${String(master.id)}_20310312T130000Z`;
    await change(id, { title: 'Special', ...times('2031-03-12', 15) });
    await remove(`${String(master.id)}_20310319T130000Z`);
    const answer = await change(master.id, { title: 'Renamed', description: 'all', space_id: other });
    expect(answer.status).toBe(200);
    expect(await listed(space)).toEqual([]);
    const list = await listed(other);
    expect(list.map(({ title, description, started_at }) => [title, description, started_at])).toEqual([
      ['Renamed', 'all', '2031-03-05T09:00:00-0500'],
      ['Special', 'all', '2031-03-12T15:00:00-0400'],
      ['Renamed', 'all', '2031-03-26T09:00:00-0400'],
    ]);
  });

  it('that skipped what was taken holds it again in another space, where that is free', async () => {
    const [space, other] = [await fresh(), await fresh()];
    await booked(space, times('2031-03-19', 9.5));
    const master = await booked(space, { recurrence: WEEKLY, on_conflict: 'skip' });
    expect(master.skipped).toHaveLength(1);
    const moved = await change(master.id, { space_id: other });
    expect([moved.status, moved.json.data.skipped]).toEqual([200, undefined]);
    expect(starts(await listed(other))).toEqual([
      '2031-03-05T09:00:00-0500',
      '2031-03-12T09:00:00-0400',
      '2031-03-19T09:00:00-0400',
      '2031-03-26T09:00:00-0400',
    ]);
    expect((await client(`/events/${String(master.id)}`)).json.data).not.toHaveProperty('skipped');
  });

  it('with on_conflict skip leaves out what is taken in another space, and says so', async () => {
    const [space, other] = [await fresh(), await fresh()];
    await booked(space, times('2031-03-19', 9.5));
    await booked(other, times('2031-03-12', 9.5));
    const master = await booked(space, { recurrence: WEEKLY, on_conflict: 'skip' });
    const refused = await change(master.id, { space_id: other });
    expect([refused.status, refused.json.clash.recurrence_id]).toEqual([409, '20310312T130000Z']);
    const moved = await change(master.id, { space_id: other, on_conflict: 'skip' });
    const at = (text: string): object => ({ date_time: text, time_zone: 'America/New_York' });
    expect(moved.json.data.skipped).toEqual([
      {
        recurrence_id: '20310312T130000Z',
        start: at('2031-03-12T09:00:00-0400'),
        end: at('2031-03-12T10:00:00-0400'),
      },
    ]);
    expect((await client(`/events/${String(master.id)}`)).json.data.skipped).toEqual(moved.json.data.skipped);
    expect((await listed(other)).map(({ recurrence_id }) => recurrence_id)).toEqual([
      '20310305T140000Z',
      null,
      '20310319T130000Z',
      '20310326T130000Z',
    ]);
    expect(await listed(space)).toHaveLength(1);
  });

  it('goes on skipping what is taken in both spaces, and says so whatever is changed', async () => {
    const [space, other] = [await fresh(), await fresh()];
    for (const taken of [space, other]) await booked(taken, times('2031-03-19', 9.5));
    const master = await booked(space, { recurrence: WEEKLY, on_conflict: 'skip' });
    for (const body of [{ title: 'Renamed' }, { space_id: other }]) {
      const answer = await change(master.id, body);
      expect([answer.status, answer.json.data.skipped]).toEqual([200, master.skipped]);
    }
    expect(await listed(other)).toHaveLength(4);
    const none = await booked(await fresh(), { recurrence: WEEKLY });
    expect((await change(none.id, { title: 'x', on_conflict: 'skip' })).json.data.skipped).toEqual([]);
  });

  it('with on_conflict skip stays where it is when nothing is free in the other space', async () => {
    const [space, other] = [await fresh(), await fresh()];
    await booked(other, { recurrence: WEEKLY });
    const master = await booked(space, { recurrence: WEEKLY });
    const answer = await change(master.id, { space_id: other, on_conflict: 'skip' });
    expect([answer.status, answer.json.clash.recurrence_id]).toEqual([409, '20310305T140000Z']);
    expect(await listed(space)).toHaveLength(4);
  });

  it('keeps apart from its own exceptions when it moves to another space', async () => {
    const [space, other] = [await fresh(), await fresh()];
    const blocker = await booked(space, times('2031-03-19', 9.5));
    const master = await booked(space, { recurrence: WEEKLY, on_conflict: 'skip' });
    const first = `${String(master.id)}_20310305T140000Z`;
    // Already in the other space, at a time the series needs a week later.
    await change(first, { ...times('2031-03-12', 9.5), space_id: other });
    const refused = await change(master.id, { space_id: other });
    expect([refused.status, refused.json.clash.event_id]).toEqual([409, first]);
    // In the same space, over the occurrence that was skipped there.
    await remove(blocker.id);
    await change(first, { ...times('2031-03-19', 9.5), space_id: space });
    const moved = await change(master.id, { space_id: other });
    expect([moved.status, moved.json.data.skipped]).toEqual([
      200,
      [expect.objectContaining({ recurrence_id: '20310319T130000Z' })],
    ]);
    expect(starts(await listed(other))).toEqual([
      '2031-03-12T09:00:00-0400',
      '2031-03-19T09:30:00-0400',
      '2031-03-26T09:00:00-0400',
    ]);
  });

  it('drops its exceptions when its times change', async () => {
    const space = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    await change(`${String(master.id)}_20310312T130000Z`, { title: 'Special' });
    await remove(`${String(master.id)}_20310319T130000Z`);
    expect((await change(master.id, times('2031-03-05', 11))).status).toBe(200);
    expect((await listed(space)).map(({ title, started_at }) => [title, started_at])).toEqual([
      ['Weekly planning', '2031-03-05T11:00:00-0500'],
      ['Weekly planning', '2031-03-12T11:00:00-0400'],
      ['Weekly planning', '2031-03-19T11:00:00-0400'],
      ['Weekly planning', '2031-03-26T11:00:00-0400'],
    ]);
  });

  it('into a clash stays as it was', async () => {
    const space = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    await booked(space, times('2031-03-19', 11));
    const answer = await change(master.id, times('2031-03-05', 11));
    expect([answer.status, answer.json.clash.recurrence_id]).toEqual([409, '20310319T150000Z']);
    expect(await listed(space)).toHaveLength(5);
  });

  it('goes with its master', async () => {
    const space = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    await change(`${String(master.id)}_20310312T130000Z`, { title: 'Special' });
    expect((await remove(master.id)).status).toBe(200);
    expect(await listed(space)).toEqual([]);
    expect((await client(`/events/${String(master.id)}_20310312T130000Z`)).status).toBe(404);
  });

  it('turns single by recurrence null, and a single event into a series', async () => {
    const space = await fresh();
    const master = await booked(space, { recurrence: WEEKLY });
    expect((await change(master.id, { recurrence: null })).json.data.recurrence).toBeNull();
    expect((await listed(space)).map(({ id }) => id)).toEqual([master.id]);
    expect((await change(master.id, { recurrence: WEEKLY })).json.data.recurrence).toEqual(WEEKLY);
    expect(await listed(space)).toHaveLength(4);
  });
});

describe('an endless series', () => {
  const today = new Date().toISOString().slice(0, 10);
  const endless = (): Json => ({
    start: { date_time: `${today}T09:00:00Z`, time_zone: 'UTC' },
    end: { date_time: `${today}T10:00:00Z`, time_zone: 'UTC' },
    recurrence: ['RRULE:FREQ=DAILY'],
  });
  const countHolds = async (id: unknown): Promise<{ count: number; skipped: number; last: string }> => {
    const { rows } = await app.open.pool.query(
      `SELECT count(*)::int AS count, (count(*) FILTER (WHERE status = 'skipped'))::int AS skipped,
              max(starts_at) AS last FROM spaces.holds WHERE organization_id = $1 AND event_id = $2`,
      [client.tenant.id, id],
    );
    return rows[0] as never;
  };

  it('holds its space for at least a year ahead, and costs no more than that', async () => {
    const series = await booked(await fresh(), endless());
    const { count } = await countHolds(series.id);
    expect(count).toBeGreaterThanOrEqual(366);
    expect(count).toBeLessThanOrEqual(402);
  });

  it('is extended by several processes at once as by one, and catches up at start', async () => {
    const space = await fresh();
    const series = await booked(space, endless());
    const full = await countHolds(series.id);
    const day = (days: number): string =>
      new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    // Simulates 100 days of downtime, and a booking in the range that was not held.
    await app.open.pool.query(
      `DELETE FROM spaces.holds WHERE organization_id = $1 AND event_id = $2 AND starts_at >= $3`,
      [client.tenant.id, series.id, `${day(300)}T00:00:00Z`],
    );
    await app.open.pool.query(
      `UPDATE spaces.events SET held_until = $3 WHERE organization_id = $1 AND id = $2`,
      [client.tenant.id, series.id, `${day(300)}T00:00:00Z`],
    );
    await booked(space, {
      title: 'In the way',
      start: { date_time: `${day(320)}T09:30:00Z` },
      end: { date_time: `${day(320)}T10:30:00Z` },
    });
    const others = await Promise.all([1, 2].map(() => bootApp({ databaseUrl: app.databaseUrl })));
    const jobs = [app, ...others].map(({ app: nest }) => nest.get(SpaceHorizonService, { strict: false }));
    await Promise.all([...jobs, ...jobs].map((job) => job.run()));
    const after = await countHolds(series.id);
    expect(after.last >= full.last).toBe(true);
    expect(after.count).toBeGreaterThanOrEqual(full.count);
    expect(after.count).toBeLessThanOrEqual(full.count + 1);
    expect(after.skipped).toBe(1);
    expect((await client(`/events/${String(series.id)}`)).json.data.skipped).toEqual([
      expect.objectContaining({ recurrence_id: `${day(320).replaceAll('-', '')}T090000Z` }),
    ]);
    const again = await Promise.all(jobs.map((job) => job.run()));
    expect(await countHolds(series.id)).toEqual(after);
    expect(again.reduce((sum, extended) => sum + extended, 0)).toBeGreaterThanOrEqual(0);
    await Promise.all(others.map((other) => other.close()));
  });
});

describe('a series with periods', () => {
  it('books each for as long as it says, and keeps its lines as they came', async () => {
    const space = await fresh();
    const recurrence = [
      'RRULE:FREQ=DAILY;COUNT=2',
      'RDATE;VALUE=PERIOD:20310308T150000Z/20310308T173000Z,20310310T150000Z/PT30M',
    ];
    const master = await booked(space, { recurrence });
    expect(master.recurrence).toEqual(recurrence);
    const { json } = await client(`/spaces/${space}/events`);
    expect((json.data as Json[]).map(({ started_at, ended_at }) => [started_at, ended_at])).toEqual([
      ['2031-03-05T09:00:00-0500', '2031-03-05T10:00:00-0500'],
      ['2031-03-06T09:00:00-0500', '2031-03-06T10:00:00-0500'],
      ['2031-03-08T10:00:00-0500', '2031-03-08T12:30:00-0500'],
      ['2031-03-10T11:00:00-0400', '2031-03-10T11:30:00-0400'],
    ]);
    const clash = await client(`/spaces/${space}/events`, { body: aBooking(times('2031-03-08', 12)) });
    expect([clash.status, clash.json.clash.event_id]).toEqual([409, `${String(master.id)}_20310308T150000Z`]);
  });

  it('is refused by 400 naming the line of a period that is too short, or that overlaps', async () => {
    const space = await fresh();
    for (const [line, named] of [
      ['RDATE;VALUE=PERIOD:20310308T150000Z/PT4M', 'RDATE;VALUE=PERIOD:20310308T150000Z/PT4M'],
      // Clocks go forward at 02:00 on 9 March 2031.
      ['RDATE;VALUE=PERIOD:20310309T015800/20310309T030000', 'RDATE;VALUE=PERIOD:20310309T015800'],
      ['RDATE;VALUE=PERIOD:20310305T133000Z/PT1H', 'overlaps itself'],
    ] as const) {
      const answer = await client(`/spaces/${space}/events`, { body: aBooking({ recurrence: [line] }) });
      expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, ['recurrence']]);
      expect(answer.json.meta.more_info.recurrence[0]).toContain(named);
    }
    expect((await client(`/spaces/${space}/events`)).json.data).toEqual([]);
  });
});
