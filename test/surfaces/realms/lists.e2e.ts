import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenRealm, givenRealmsClient } from '../../support/realms.js';

type Client = Awaited<ReturnType<typeof givenRealmsClient>>;
let app: TestApp;
let client: Client;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
});
afterAll(() => app.close());

interface Listed {
  readonly event: { readonly id: number; readonly start: string; readonly title: string }[];
  readonly total: number;
  readonly links: { readonly self: string; readonly next?: string; readonly prev?: string };
}
const ADDRESS = 'https://quintet.test/v1';

describe('paging', () => {
  const COUNT = 450;
  let base: string;

  beforeAll(async () => {
    base = `/sections/${client.section}/events`;
    // 50 distinct starts for 450 events, so that ties are sorted by id.
    await app.open.pool.query(
      `INSERT INTO realms.events (organization_id, realm_id, type, title, description, starts_at, has_end, all_day,
                                  rsvp, comments_enabled, created_at, updated_at)
       SELECT $1, $2, 'event', 'Event ' || n, '', timestamp '2030-01-01 08:00:00' + (n * 7 % 50) * interval '1 day',
              false, false, 0, true, now(), now() FROM generate_series(1, $3) n`,
      [client.tenant.id, client.section, COUNT],
    );
  });

  const page = async (path: string): Promise<Listed> => {
    const response = await client(path);
    expect(response.status).toBe(200);
    return response.json as Listed;
  };

  it.each([
    [20, 20, 23],
    [200, 200, 3],
    [500, 200, 3],
  ])('with limit %i shows every event once, through links.next alone', async (limit, size, pages) => {
    const seen: Listed['event'] = [];
    let path: string | undefined = `${base}?limit=${limit}`;
    let count = 0;
    while (path !== undefined) {
      const { event, total, links }: Listed = await page(path);
      expect(total).toBe(COUNT);
      expect(links.self).toBe(`${ADDRESS}${base}?start=${count * size}&limit=${size}`);
      expect(links.prev).toBe(
        count === 0 ? undefined : `${ADDRESS}${base}?start=${(count - 1) * size}&limit=${size}`,
      );
      seen.push(...event);
      count++;
      path = links.next?.slice(ADDRESS.length);
    }
    expect(count).toBe(pages);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(COUNT);
    const sorted = [...seen].sort((a, b) => (a.start === b.start ? a.id - b.id : a.start < b.start ? -1 : 1));
    expect(seen).toEqual(sorted);
  });

  it.each([
    ['start=450&limit=20', 'start=440&limit=20'],
    ['start=1000&limit=20', 'start=440&limit=20'],
    ['start=600&limit=15', 'start=435&limit=15'],
    ['start=30&limit=20', 'start=10&limit=20'],
    ['start=5&limit=20', 'start=0&limit=20'],
  ])('leads back to the last page that has rows: %s to %s', async (asked, previous) => {
    const { links } = await page(`${base}?${asked}`);
    expect(links.prev).toBe(`${ADDRESS}${base}?${previous}`);
    expect((await page(links.prev?.slice(ADDRESS.length) ?? '')).event.length).toBeGreaterThan(0);
  });

  it('leads nowhere back where there is nothing', async () => {
    const none = `${base}?start=20&start_date=19000101&end_date=19000101`;
    expect((await page(none)).links.prev).toBeUndefined();
  });

  it('has 20 events on a page by default, from 0', async () => {
    const { event, links } = await page(base);
    expect([event.length, links.self]).toEqual([20, `${ADDRESS}${base}?start=0&limit=20`]);
  });

  it.each([
    ['limit=0', 1, '?start=0&limit=1'],
    ['limit=-5', 1, '?start=0&limit=1'],
    ['limit=99999999999999999999', 200, '?start=0&limit=200'],
    ['start=-1', 20, '?start=0&limit=20'],
    ['start=440', 10, '?start=440&limit=20'],
    ['start=99999999999999999999', 0, '?start=1000000000&limit=20'],
  ])('pulls %s into range', async (query, size, self) => {
    const { event, total, links } = await page(`${base}?${query}`);
    expect([event.length, total, links.self]).toEqual([size, COUNT, `${ADDRESS}${base}${self}`]);
  });

  it.each(['limit=many', 'start=1.5', 'limit=', 'start=1&start=2'])('refuses %s', async (query) => {
    const response = await client(`${base}?${query}`);
    expect([response.status, response.json]).toEqual([400, expect.stringMatching(/must be a whole number/)]);
  });

  it('keeps the filter in its links', async () => {
    const { links, total } = await page(`${base}?limit=5&start_date=20300101&end_date=2030-01-03`);
    const filter = '&start_date=2030-01-01&end_date=2030-01-03';
    expect(links.next).toBe(`${ADDRESS}${base}?start=5&limit=5${filter}`);
    expect(total).toBe(27);
  });
});

describe('the date filter', () => {
  let base: string;
  const EVENTS: Record<string, { start: string; end?: string; all_day?: number }> = {
    before: { start: '2030-05-09 23:59:59' },
    'ends at midnight': { start: '2030-05-09 20:00:00', end: '2030-05-10 00:00:00' },
    'reaches in': { start: '2030-05-09 23:00:00', end: '2030-05-10 00:00:01' },
    'starts at midnight': { start: '2030-05-10 00:00:00' },
    inside: { start: '2030-05-11 12:00:00', end: '2030-05-11 13:00:00' },
    'last second': { start: '2030-05-12 23:59:59' },
    after: { start: '2030-05-13 00:00:00' },
    'reaches over': { start: '2030-05-01 00:00:00', end: '2030-05-31 00:00:00' },
    'all day before': { start: '2030-05-09 18:59:59', all_day: 1 },
    'all day until the first': { start: '2030-05-08 00:00:00', end: '2030-05-10 00:00:00', all_day: 1 },
    'all day on the last': { start: '2030-05-12 18:59:59', all_day: 1 },
    'all day after': { start: '2030-05-13 00:00:00', all_day: 1 },
  };
  const INSIDE = [
    'reaches over',
    'all day until the first',
    'reaches in',
    'starts at midnight',
    'inside',
    'all day on the last',
    'last second',
  ];

  beforeAll(async () => {
    base = `/groups/${await givenRealm(app, client.tenant, 'group', 'Pacific/Kiritimati')}/events`;
    for (const [title, event] of Object.entries(EVENTS)) {
      expect((await client(base, { body: { title, ...event } })).status).toBe(201);
    }
  });

  const titles = async (query: string): Promise<string[]> =>
    ((await client(`${base}?limit=200${query === '' ? '' : '&'}${query}`)).json as Listed).event.map(
      ({ title }) => title,
    );

  it.each([
    'start_date=2030-05-10&end_date=2030-05-12',
    'start_date=20300510&end_date=20300512',
    'start_date=2030-05-10&end_date=20300512',
  ])('takes whole days, both ends included, and all that overlaps them: %s', async (query) => {
    expect(await titles(query)).toEqual(INSIDE);
  });

  it('takes a single day', async () => {
    expect(await titles('start_date=2030-05-11&end_date=2030-05-11')).toEqual(['reaches over', 'inside']);
  });

  it.each(['', 'start_date=2030-05-10', 'end_date=2030-05-10'])('is ignored with %j alone', async (query) => {
    expect(await titles(query)).toHaveLength(Object.keys(EVENTS).length);
  });

  it.each([
    ['start_date=2030-05-12&end_date=2030-05-10', 'end_date must not be before start_date'],
    ['start_date=2030-05-45&end_date=2030-05-10', /^start_date must be an existing day/],
    ['start_date=yesterday&end_date=today', /start_date must be .*; end_date must be/],
    ['start_date=2030-0510&end_date=2030-05-12', /^start_date must be/],
    ['start_date=2030-02-29&end_date=2030-05-12', /^start_date must be/],
    ['start_date=2030-05-10&start_date=2030-05-11&end_date=2030-05-12', /^start_date must be/],
  ])('is refused: %s', async (query, text) => {
    const response = await client(`${base}?${query}`);
    expect(response.status).toBe(400);
    expect(response.json).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  it('reaches to the last day there is', async () => {
    expect(await titles('start_date=0001-01-01&end_date=9999-12-31')).toHaveLength(
      Object.keys(EVENTS).length,
    );
  });
});
