import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { aBooking, givenSpace, givenSpacesClient, type SpacesClient } from '../../support/spaces.js';

let app: TestApp;
let client: SpacesClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenSpacesClient(app);
});
afterAll(() => app.close());

type Json = Record<string, unknown>;

const fresh = (): Promise<number> => givenSpace(app, client.tenant, client.locationId);

async function bookedAt(
  zone: string,
  start: string,
  end: string,
  differing: Json = {},
): Promise<{ event: Json; list: Json[] }> {
  const space = await fresh();
  const answer = await client(`/spaces/${space}/events`, {
    body: aBooking({
      start: { date_time: start, time_zone: zone },
      end: { date_time: end, time_zone: zone },
      ...differing,
    }),
  });
  expect([answer.status, answer.json.meta.more_info]).toEqual([201, {}]);
  const list = await client(`/spaces/${space}/events?per_page=200`);
  return { event: answer.json.data as Json, list: list.json.data as Json[] };
}

const spans = (list: Json[]): unknown[] => list.map(({ started_at, ended_at }) => [started_at, ended_at]);

describe('weekly at 09:00 in New York', () => {
  it('stays at 09:00 across both changes of 2026 and of 2027', async () => {
    const { list } = await bookedAt('America/New_York', '2026-02-23T09:00:00', '2026-02-23T10:00:00', {
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=97'],
    });
    expect(list).toHaveLength(97);
    expect(new Set(list.map(({ started_at }) => String(started_at).slice(11, 19)))).toEqual(
      new Set(['09:00:00']),
    );
    expect(new Set(list.map(({ ended_at }) => String(ended_at).slice(11, 19)))).toEqual(
      new Set(['10:00:00']),
    );
    const offsets = list.map(({ started_at }) => [
      String(started_at).slice(0, 10),
      String(started_at).slice(19),
    ]);
    const changes = offsets.filter(([, offset], index) => index > 0 && offsets[index - 1]?.[1] !== offset);
    expect(changes).toEqual([
      ['2026-03-09', '-0400'],
      ['2026-11-02', '-0500'],
      ['2027-03-15', '-0400'],
      ['2027-11-08', '-0500'],
    ]);
  });
});

describe('a local time that the clocks', () => {
  it('skip in spring moves forward by the gap, for a single booking', async () => {
    const { event } = await bookedAt('America/New_York', '2026-03-08T02:30:00', '2026-03-08T04:00:00');
    expect(event.started_at).toBe('2026-03-08T03:30:00-0400');
  });

  it('show twice in autumn means the first', async () => {
    const { event } = await bookedAt('America/New_York', '2026-11-01T01:30:00', '2026-11-01T03:00:00');
    expect(event.started_at).toBe('2026-11-01T01:30:00-0400');
  });

  it('skip in spring is left out of a series, and does not count', async () => {
    const { list } = await bookedAt('America/New_York', '2026-03-07T02:30:00', '2026-03-07T02:45:00', {
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    });
    expect(list.map(({ started_at }) => started_at)).toEqual([
      '2026-03-07T02:30:00-0500',
      '2026-03-09T02:30:00-0400',
      '2026-03-10T02:30:00-0400',
    ]);
  });

  it('show twice is the second by its offset', async () => {
    const { event } = await bookedAt('America/New_York', '2026-11-01T01:30:00-0500', '2026-11-01T03:00:00');
    expect(event.started_at).toBe('2026-11-01T01:30:00-0500');
  });
});

describe('an all-day event', () => {
  it.each([
    ['Pacific/Apia', '2031-05-01', '2031-05-03', '2031-05-01T00:00:00+1300', '2031-05-03T00:00:00+1300'],
    ['America/St_Johns', '2031-03-09', '2031-03-10', '2031-03-09T00:00:00-0330', '2031-03-10T00:00:00-0230'],
    ['America/Santiago', '2026-09-06', '2026-09-07', '2026-09-06T01:00:00-0300', '2026-09-07T00:00:00-0300'],
  ])('in %s runs from the start of a day to that of a later one', async (zone, from, to, start, end) => {
    const { event, list } = await bookedAt(zone, from, to, { is_all_day: true });
    expect(event).toMatchObject({
      is_all_day: true,
      start: { date_time: start, time_zone: zone },
      end: { date_time: end, time_zone: zone },
    });
    expect(list).toEqual([event]);
  });

  it('that does not start or end with a day is refused at both fields', async () => {
    const answer = await client(`/spaces/${client.spaceId}/events`, { body: aBooking({ is_all_day: true }) });
    expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, ['start', 'end']]);
  });

  it.each([
    ['2011-12-30', '2011-12-31', ['start']],
    ['2011-12-29', '2011-12-30', ['end']],
  ])('from %s to %s names a date that Apia left out', async (from, to, fields) => {
    const zone = 'Pacific/Apia';
    const answer = await client(`/spaces/${client.spaceId}/events`, {
      body: aBooking({
        is_all_day: true,
        start: { date_time: from, time_zone: zone },
        end: { date_time: to, time_zone: zone },
      }),
    });
    expect([answer.status, Object.keys(answer.json.meta.more_info)]).toEqual([400, fields]);
  });

  it('repeats daily over the midnight that Santiago skips, without a gap or an overlap', async () => {
    const { list } = await bookedAt('America/Santiago', '2026-09-05', '2026-09-06', {
      is_all_day: true,
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    });
    expect(spans(list)).toEqual([
      ['2026-09-05T00:00:00-0400', '2026-09-06T01:00:00-0300'],
      ['2026-09-06T01:00:00-0300', '2026-09-07T00:00:00-0300'],
      ['2026-09-07T00:00:00-0300', '2026-09-08T00:00:00-0300'],
    ]);
  });

  it('repeats daily over the midnight that Cairo skips', async () => {
    const { list } = await bookedAt('Africa/Cairo', '2026-04-23', '2026-04-24', {
      is_all_day: true,
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    });
    expect(spans(list)).toEqual([
      ['2026-04-23T00:00:00+0200', '2026-04-24T01:00:00+0300'],
      ['2026-04-24T01:00:00+0300', '2026-04-25T00:00:00+0300'],
      ['2026-04-25T00:00:00+0300', '2026-04-26T00:00:00+0300'],
    ]);
  });

  it('repeats daily over the date that Apia left out, which does not count', async () => {
    const { list } = await bookedAt('Pacific/Apia', '2011-12-28', '2011-12-29', {
      is_all_day: true,
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    });
    expect(list.map(({ started_at }) => String(started_at).slice(0, 10))).toEqual([
      '2011-12-28',
      '2011-12-29',
      '2011-12-31',
    ]);
  });
});

describe('times that make no sense', () => {
  it.each<[string, Json, string[]]>([
    ['an end before the start', { end: { date_time: '2031-03-05T08:00:00-0500' } }, ['end']],
    ['an end at the start', { end: { date_time: '2031-03-05T09:00:00-0500' } }, ['end']],
    ['four minutes', { end: { date_time: '2031-03-05T09:04:59-0500' } }, ['end']],
    ['no start', { start: undefined }, ['start']],
    ['no times at all', { start: null, end: null }, ['start', 'end']],
    ['a date that does not exist', { start: { date_time: '2031-02-30T09:00:00Z' } }, ['start']],
    [
      'a zone that does not exist',
      { start: { date_time: '2031-03-05T09:00:00', time_zone: 'Mars/Base' } },
      ['start'],
    ],
    ['a number', { start: 7 }, ['start']],
    [
      'everything at once',
      {
        start: {},
        end: 'x',
        title: 7,
        visibility: 'secret',
        invitees: [{}],
        recurrence: 1,
        is_all_day: 'no',
      },
      ['start', 'end', 'title', 'visibility', 'invitees', 'recurrence', 'is_all_day'],
    ],
  ])('such as %s are refused by 400 that names every field', async (_, differing, fields) => {
    const answer = await client(`/spaces/${client.spaceId}/events`, { body: aBooking(differing) });
    expect(answer.status).toBe(400);
    expect(answer.json.meta).toMatchObject({ status_code: 400, status: 'BAD_REQUEST' });
    expect(Object.keys(answer.json.meta.more_info).sort()).toEqual([...fields].sort());
    for (const messages of Object.values(answer.json.meta.more_info))
      expect(messages).toEqual([expect.any(String)]);
    expect(answer.json.data).toEqual({});
  });
});
