import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  listStatement,
  type PollEventFilter,
} from '../../../src/surfaces/polls/events/poll-event-lists.repository.js';
import { instantOf } from '../../../src/core/instant.js';
import { valuesFor } from '../../../src/database/statement.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenPollsClient, type PollsClient } from '../../support/polls.js';

let app: TestApp;
let client: PollsClient;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

const PEOPLE = ['ann@x.org', 'Bob@x.org', 'cas@x.org', 'dan@x.org'];
const users: Record<string, string> = {};
let events: Json[] = [];

/** A random number generator with the same sequence in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

beforeAll(async () => {
  app = await bootApp({ environment: { POLLS_RATE_LIMIT: '1000000' } });
  client = await givenPollsClient(app);
  const random = seededRandom(7);
  const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.5);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let index = 0; index < 60; index++) {
    const at = (): string => new Date(Date.now() + (random() - 0.5) * 1e9).toISOString();
    const dates = Array.from({ length: Math.floor(random() * 4) }, at).map((date) => ({
      date,
      end_date: date,
    }));
    const { json } = await client('/events', {
      body: {
        title: `${one(['Kick-off', 'Retro', 'Lunch (late)', 'Été'])} ${index}`,
        created_by: { email: one(['creator@example.com', ...PEOPLE]) },
        dates,
        invitees: some(PEOPLE).map((email) => ({ email })),
        third_party: {
          ...(random() < 0.6 && { app: one(['app1', 'app2']) }),
          group_ids: some(['g1', 'g2', 'g3']),
        },
        settings: { no_emails: true },
      },
    });
    if (dates.length > 0 && random() < 0.4) {
      const d = one(json.dates as Json[])._id;
      await client(`/events/${json._id}/confirm?d=${d}`, { method: 'POST' });
    }
    if (random() < 0.2) await client(`/events/${json._id}/cancel`, { method: 'POST' });
    for (const { email, user } of json.invitees) users[email.toLowerCase()] = user;
  }
  events = [];
  for (const page of [1, 2]) events.push(...(await client(`/events?limit=100&page=${page}`)).json);
});
afterAll(() => app.close());

/** Reference implementations of the documented filters. */
const isAhead = (event: Json): boolean => {
  const dates = event.confirmed.flag
    ? event.dates.filter(({ _id }: Json) => _id === event.confirmed.date_id)
    : event.dates;
  return dates.some(({ date }: Json) => Date.parse(date) > Date.now());
};
const invited = (event: Json, email: string): boolean =>
  event.invitees.some((invitee: Json) => invitee.email.toLowerCase() === email.toLowerCase());
const filters: [string, () => string, (event: Json) => boolean][] = [
  ['confirmed', () => 'filter=confirmed', (event) => event.confirmed.flag],
  ['upcoming', () => 'filter=upcoming', (event) => isAhead(event) && !event.cancelled],
  ['future', () => 'filter=future', isAhead],
  [
    'a creator by id',
    () => `creator_users=${users['ann@x.org']}`,
    (event) => event.created_by.email === 'ann@x.org',
  ],
  [
    'creators by address',
    () => 'creator_emails=ann@x.org,BOB@X.ORG',
    (event) => ['ann@x.org', 'Bob@x.org'].includes(event.created_by.email),
  ],
  [
    'all of the invitees by id',
    () => `invitee_users=${users['ann@x.org']},${users['bob@x.org']}`,
    (event) => invited(event, 'ann@x.org') && invited(event, 'bob@x.org'),
  ],
  ['an invitee by address', () => 'invitee_emails=DAN@x.org', (event) => invited(event, 'dan@x.org')],
  ['an app', () => 'app_id=app1', (event) => event.third_party.app === 'app1'],
  [
    'any of the groups',
    () => 'group_ids=g1,g3',
    (event) => event.third_party.group_ids.some((group: string) => group !== 'g2'),
  ],
  ['a title', () => `q=${encodeURIComponent('^(kick|été)')}`, (event) => /^(kick|été)/i.test(event.title)],
];

const ids = (list: Json[]): string[] => list.map(({ _id }) => _id);

describe('the list of events', () => {
  it('holds all of them, newest first, in the form of lists', () => {
    expect(events).toHaveLength(60);
    const order = [...events].sort((a, b) =>
      a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a._id < b._id ? 1 : -1,
    );
    expect(ids(events)).toEqual(ids(order));
    expect(events.every(({ key_store }) => /^[0-9a-f]{24}$/.test(key_store))).toBe(true);
  });

  it.each(filters)('filters by %s', async (_, query, fits) => {
    const expected = events.filter(fits);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(60);
    expect(ids((await client(`/events?limit=100&${query()}`)).json)).toEqual(ids(expected));
  });

  const pairs = filters.flatMap((first, index) =>
    filters
      .slice(index + 1)
      .filter((second) => !(first[1]().startsWith('filter') && second[1]().startsWith('filter')))
      .filter((second) => !(first[0] === 'a creator by id' && second[0] === 'creators by address'))
      .map((second) => [first[0], second[0], first, second] as const),
  );
  it.each(pairs)('filters by %s and %s', async (_, __, first, second) => {
    const expected = events.filter((event) => first[2](event) && second[2](event));
    expect(ids((await client(`/events?limit=100&${first[1]()}&${second[1]()}`)).json)).toEqual(ids(expected));
  });

  it('filters by more invitees than statements are remembered for', async () => {
    const all = PEOPLE.map((email) => users[email.toLowerCase()]).join(',');
    const response = await client(
      `/events?limit=100&invitee_users=${all}&invitee_emails=${PEOPLE.join(',')}&group_ids=g1,g2,g3`,
    );
    const expected = events.filter(
      (event) => PEOPLE.every((email) => invited(event, email)) && event.third_party.group_ids.length > 0,
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(ids(response.json)).toEqual(ids(expected));
  });

  it('ignores creator_emails beside creator_users', async () => {
    const response = await client(
      `/events?limit=100&creator_users=${users['ann@x.org']}&creator_emails=bob@x.org`,
    );
    expect(ids(response.json)).toEqual(ids(events.filter((event) => event.created_by.email === 'ann@x.org')));
  });

  it('pages filtered lists as well: pages put together are the whole', async () => {
    const pages = await Promise.all(
      [1, 2, 3, 4, 5].map((page) => client(`/events?limit=9&page=${page}&group_ids=g1,g2`)),
    );
    const whole = events.filter(({ third_party }) =>
      third_party.group_ids.some((group: string) => group !== 'g3'),
    );
    expect(pages.flatMap(({ json }) => ids(json))).toEqual(ids(whole).slice(0, 45));
  });

  it('has 50 on a page unless told, pulls limit into 1 to 100, refuses what is no number', async () => {
    const length = async (query: string): Promise<number> => (await client(`/events?${query}`)).json.length;
    expect([
      await length(''),
      await length('limit=0'),
      await length('limit=-3'),
      await length('limit=500'),
    ]).toEqual([50, 1, 1, 60]);
    const refused = await client('/events?limit=x&page=y&filter=never');
    expect([refused.status, Object.keys(refused.json.errors).sort()]).toEqual([
      400,
      ['filter', 'limit', 'page'],
    ]);
  });

  it('is empty where nothing fits, and for another organization', async () => {
    const other = await givenPollsClient(app);
    expect((await client('/events?invitee_emails=nobody@x.org')).json).toEqual([]);
    expect((await other('/events')).json).toEqual([]);
  });
});

describe('q', () => {
  it.each([
    '(',
    '[a',
    'a{5,1}',
    '***=x',
    '\\',
    'x'.repeat(201),
    '(((a{1,200}){1,200}){1,200})',
    '(?#[)((a{1,200}){1,200})(?#])',
    '\\c[((a{1,200}){1,200})]',
    '(?b)\\(\\(a\\{1,200\\}\\)\\{1,200\\}\\)',
  ])('refuses %s with 400', async (q) => {
    const response = await client(`/events?q=${encodeURIComponent(q)}`);
    expect([response.status, Object.keys(response.json.errors)]).toEqual([400, ['q']]);
  });

  it('ends with 503 what would run away, soon, while others are served', async () => {
    await app.open.pool.query(
      `UPDATE polls.events SET title = repeat('a', 200) || 'b' || repeat('a', 199) || 'c' WHERE organization_id = $1`,
      [client.tenant.id],
    );
    const evil = encodeURIComponent('^(a+)(a+)(a+)(a+)(a+)b\\5\\4\\3\\2\\1c$');
    const start = performance.now();
    const runaways = Array.from({ length: 4 }, () =>
      client(`/events?q=${evil}`).then((response) => ({ response, ms: performance.now() - start })),
    );
    const others = await Promise.all(Array.from({ length: 20 }, () => client('/events?limit=1')));
    const served = performance.now() - start;
    expect(others.every(({ status }) => status === 200)).toBe(true);
    for (const { response, ms } of await Promise.all(runaways)) {
      expect(response.json).toEqual({ status: 503, message: expect.any(String) });
      expect(response.headers.get('retry-after')).toBe('1');
      expect(ms).toBeLessThan(1500);
    }
    expect(served).toBeLessThan(1000);
  });
});

describe('50,000 events', () => {
  const COUNT = 50_000;

  beforeAll(async () => {
    // A separate client, since seeding exceeds the application's statement timeout.
    const pool = new pg.Client({ connectionString: app.databaseUrl });
    await pool.connect();
    await pool.query(
      `INSERT INTO polls.events
       SELECT (json_populate_record(e, json_build_object(
                'id', lpad(to_hex(n), 24, '0'), 'title', 'Load ' || n, 'confirmed_flag', n % 10 = 0,
                'confirmed_date_id', 'x', 'cancelled_at', NULL,
                'created_at', e.created_at - n * interval '1 minute',
                'ahead_until', now() + (CASE WHEN n % 500 = 0 THEN 1 ELSE -1 END) * n * interval '1 hour'))).*
         FROM polls.events e, generate_series(1, ${COUNT}) n
        WHERE e.id = (SELECT id FROM polls.events WHERE organization_id = $1 ORDER BY id LIMIT 1)`,
      [client.tenant.id],
    );
    await pool.query(
      `INSERT INTO polls.event_marks (organization_id, kind, value, created_at, event_id)
       SELECT organization_id, kind, value, created_at, id FROM polls.events e, LATERAL (VALUES
         ('creator', 'u' || right(id, 1)), ('creator email', right(id, 1) || '@load.org'), ('invitee', 'u' || right(id, 2)),
         ('invitee email', right(id, 2) || '@load.org'), ('app', 'load'), ('group', 'g' || right(id, 3))) m(kind, value)
        WHERE organization_id = $1 AND title LIKE 'Load %'`,
      [client.tenant.id],
    );
    await pool.query('VACUUM ANALYZE polls.events, polls.event_marks');
    await pool.end();
  }, 120_000);

  const now = instantOf(Date.now());
  const any = (
    kind: PollEventFilter['searchKeys'][number]['kind'],
    ...values: string[]
  ): PollEventFilter => ({
    searchKeys: [{ kind, match: kind.startsWith('invitee') ? 'all' : 'any', values }],
  });
  const cases: [string, PollEventFilter][] = [
    ['nothing', { searchKeys: [] }],
    ['confirmed', { searchKeys: [], filter: 'confirmed' }],
    ['upcoming', { searchKeys: [], filter: 'upcoming' }],
    ['future', { searchKeys: [], filter: 'future' }],
    ['creators', any('creator', 'u1', 'u2')],
    ['creator addresses', any('creator email', '3@load.org')],
    ['invitees', any('invitee', 'uab')],
    ['invitee addresses', any('invitee email', 'cd@load.org')],
    ['an app that all are in', any('app', 'load')],
    ['groups', any('group', 'gabc', 'g123')],
  ];

  /** All pairs, except pairs of `filter` values. */
  const pairs = cases.slice(1).flatMap(([name, filter], index) =>
    cases
      .slice(index + 2)
      .filter(([, other]) => filter.filter === undefined || other.filter === undefined)
      .map(([otherName, other]): [string, PollEventFilter] => [
        `${name} and ${otherName}`,
        { ...filter, ...other, searchKeys: [...filter.searchKeys, ...other.searchKeys] },
      ]),
  );

  it.each([...cases, ...pairs])('are listed by %s with an index', async (_, filter) => {
    const { query, values } = listStatement(client.tenant.id, filter, now, { limit: 50, offset: 0 });
    const explain = async (command: string, parameters: unknown[]): Promise<string> => {
      const { rows } = await app.servingPool.query<{ 'QUERY PLAN': string }>(
        `${command} ${query.text}`,
        parameters,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const plans = [await explain('EXPLAIN', valuesFor(query, values))];
    // A prepared statement may get a generic plan after several executions.
    if (query.name !== '') plans.push(await explain('EXPLAIN (GENERIC_PLAN)', []));
    for (const plan of plans) {
      expect(plan).toMatch(/Index (?:Only )?Scan|Bitmap Index Scan/);
      expect(plan).not.toMatch(/Seq Scan/);
    }
  });

  it('take less than three times as long with a filter as without', async () => {
    // Interleaved, so that other load on the machine affects all of them equally.
    const times = new Map(cases.map(([name]) => [name, [] as number[]]));
    for (let run = 0; run < 25; run++) {
      for (const [name, filter] of cases) {
        const { query, values } = listStatement(client.tenant.id, filter, now, { limit: 50, offset: 0 });
        const start = performance.now();
        await app.open.database.all(query, values);
        times.get(name)?.push(performance.now() - start);
      }
    }
    const median = (name: string): number => (times.get(name) ?? []).sort((a, b) => a - b)[12] ?? Infinity;
    const ratios = Object.fromEntries(cases.map(([name]) => [name, median(name) / median('nothing')]));
    for (const [name, ratio] of Object.entries(ratios))
      expect({ name, slow: ratio >= 3 ? ratio : false }).toEqual({ name, slow: false });
  });

  it('are searched in a quarter of a second or not at all', async () => {
    const start = performance.now();
    const response = await client(`/events?q=${encodeURIComponent('load 4\\d+9$')}`);
    expect([200, 503]).toContain(response.status);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
