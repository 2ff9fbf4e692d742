import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { containsPattern, searchKey } from '../../../src/surfaces/companies/events/company-event.search.js';
import { valuesFor } from '../../../src/database/statement.js';
import { SEARCH } from '../../../src/surfaces/companies/events/company-events.repository.js';
import type { TestApp } from '../../support/app.js';
import {
  anOnlineEvent,
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootCompanies();
});
afterAll(() => app.close());

/** Runs a statement without the service's statement timeout. */
async function runWithoutTimeout(text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client(app.databaseUrl);
  await client.connect();
  await client.query(text, values);
  await client.end();
}

/** Inserts events directly: `Event 1` is the earliest, and every two share a start. */
function givenEvents({ tenant, company }: CompaniesClient, count: number, name = 'Event'): Promise<void> {
  return runWithoutTimeout(
    `INSERT INTO companies.events (organization_id, company_id, slug, name, name_key, date_start, date_end,
       attendance_mode, company_role, timezone, locale, created_at, updated_at)
     SELECT $1, $2, 'event-' || n, $4::text || ' ' || n, $5::text || ' ' || n,
            timestamp '2031-01-01 09:00' + (n / 2) * interval '1 hour',
            timestamp '2031-01-01 10:00' + (n / 2) * interval '1 hour', 'online', 'attending', 'UTC', 'en', now(), now()
       FROM generate_series(1, $3::integer) n`,
    [tenant.id, company.number, count, name, searchKey(name)],
  );
}

interface Page {
  readonly data: readonly { readonly id: string; readonly date_start: string; readonly name: string }[];
  readonly links: Readonly<Record<'first' | 'last' | 'prev' | 'next', string | null>>;
  readonly meta: Readonly<Record<string, number | null>>;
}

async function pageOf(client: CompaniesClient, query = ''): Promise<Page> {
  const answer = await client(`/events${query}`);
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json as Page;
}

const ids = ({ data }: Page): string[] => data.map(({ id }) => id);

describe('a page of the list', () => {
  it('is empty at first, and there is one page', async () => {
    const page = await pageOf(await givenCompaniesClient(app));
    expect(page.data).toEqual([]);
    expect(page.meta).toEqual({
      current_page: 1,
      from: null,
      last_page: 1,
      per_page: 15,
      to: null,
      total: 0,
    });
    expect(page.links).toMatchObject({ prev: null, next: null });
  });

  it('holds 15, newest start first and then by id; all pages together hold each once', async () => {
    const client = await givenCompaniesClient(app);
    await givenEvents(client, 34);
    const pages = await Promise.all([1, 2, 3].map((page) => pageOf(client, `?page=${page}`)));
    expect(pages.map(({ data }) => data.length)).toEqual([15, 15, 4]);
    const rows = pages.flatMap(({ data }) => data);
    const sorted = [...rows].sort(
      (left, right) =>
        right.date_start.localeCompare(left.date_start) ||
        (left.id < right.id ? -1 : left.id > right.id ? 1 : 0),
    );
    expect(rows).toEqual(sorted);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(34);
    expect(
      pages.map(({ meta }) => [meta.from, meta.to, meta.current_page, meta.last_page, meta.total]),
    ).toEqual([
      [1, 15, 1, 3, 34],
      [16, 30, 2, 3, 34],
      [31, 34, 3, 3, 34],
    ]);
  });

  it('links to its neighbours at the public address, keeping q', async () => {
    const client = await givenCompaniesClient(app);
    await givenEvents(client, 40, 'Größe & 100%');
    const address = `https://quintet.test/api/v1/${client.company.id}/events`;
    expect((await pageOf(client, '?page=2')).links).toEqual({
      first: `${address}?page=1`,
      last: `${address}?page=3`,
      prev: `${address}?page=1`,
      next: `${address}?page=3`,
    });
    const first = await pageOf(client, `?q=${encodeURIComponent('& 100%')}`);
    const { next } = first.links;
    expect(new URL(next ?? '').searchParams.get('q')).toBe('& 100%');
    const second = await pageOf(client, new URL(next ?? '').search);
    expect(second.meta).toMatchObject({ current_page: 2, total: 40 });
    expect(ids(second)).not.toEqual(ids(first));
  });

  it('past the end is empty with the right total', async () => {
    const client = await givenCompaniesClient(app);
    await givenEvents(client, 20);
    for (const query of ['?page=3', '?page=99999999999999999999', '?page=3&q=event']) {
      const page = await pageOf(client, query);
      expect([page.data, page.meta.total, page.meta.last_page, page.meta.from, page.meta.to]).toEqual([
        [],
        20,
        2,
        null,
        null,
      ]);
      expect(page.links.next).toBeNull();
    }
  });

  it.each([
    ['?page=0', 1],
    ['?page=-7', 1],
    ['?q=', 1],
    ['?per_page=3&sort=name', 1],
  ])('%s is the first', async (query, number) => {
    const client = await givenCompaniesClient(app);
    await givenEvents(client, 20);
    const page = await pageOf(client, query);
    expect([page.meta.current_page, page.data.length]).toEqual([number, 15]);
  });

  it.each([
    ['?page=two', 'page'],
    ['?page=1.5', 'page'],
    ['?page=', 'page'],
    ['?page=1&page=2', 'page'],
    [`?q=${'q'.repeat(256)}`, 'q'],
    ['?q=a&q=b', 'q'],
    ['?q=%00', 'q'],
  ])('%.20s is refused by 422', async (query, field) => {
    const answer = await (await givenCompaniesClient(app))(`/events${query}`);
    expect([answer.status, Object.keys(answer.json.errors as object)]).toEqual([422, [field]]);
  });
});

describe('q', () => {
  let client: CompaniesClient;
  const NAMES = [
    '100% Cotton',
    '1000 Cottons',
    'snake_case',
    'snakeXcase',
    'C:\\temp',
    'C:/temp',
    `It's "quoted"`,
    'Fête d’Été',
    'Fete d’Ete',
    '🎉 Party 🎉',
    'ΑΘΉΝΑ',
    'Cafe\u0301 au lait',
  ];

  beforeAll(async () => {
    client = await givenCompaniesClient(app);
    for (const name of NAMES) await created(client, anOnlineEvent({ name }));
  });

  it.each([
    ['cotton', ['100% Cotton', '1000 Cottons']],
    ['100%', ['100% Cotton']],
    ['%', ['100% Cotton']],
    ['%%%', []],
    ['_', ['snake_case']],
    ['e_c', ['snake_case']],
    ['e_case', ['snake_case']],
    ['\\', ['C:\\temp']],
    [':\\t', ['C:\\temp']],
    ["'", [`It's "quoted"`]],
    [`s "q`, [`It's "quoted"`]],
    ['FÊTE', ['Fête d’Été']],
    ['été', ['Fête d’Été']],
    ['e\u0301t', ['Fête d’Été']],
    ['fete', ['Fete d’Ete']],
    ['🎉', ['🎉 Party 🎉']],
    ['🎉 p', ['🎉 Party 🎉']],
    ['αθή', ['ΑΘΉΝΑ']],
    ['caf\u00e9', ['Cafe\u0301 au lait']],
    ['nothing of the kind', []],
    ["'; DROP TABLE companies.events; --", []],
  ])('%j finds %j', async (q, names) => {
    const page = await pageOf(client, `?q=${encodeURIComponent(q)}`);
    expect(page.data.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(page.meta.total).toBe(names.length);
  });

  it('follows a change of the name', async () => {
    const { id } = await created(client, anOnlineEvent({ name: 'Before' }));
    await client(`/events/${id}`, { method: 'PATCH', body: { name: 'Afterwards' } });
    expect(ids(await pageOf(client, '?q=AFTERW'))).toEqual([id]);
    expect(ids(await pageOf(client, '?q=before'))).toEqual([]);
  });
});

describe('among 100,000 events', () => {
  let client: CompaniesClient;

  beforeAll(async () => {
    client = await givenCompaniesClient(app);
    await givenEvents(client, 100_000);
    await created(client, anOnlineEvent({ name: 'The needle in the haystack' }));
    await runWithoutTimeout('VACUUM ANALYZE companies.events');
  }, 60_000);

  async function planOf(q: string): Promise<string> {
    const values = valuesFor(SEARCH, {
      organization_id: client.tenant.id,
      company_id: client.company.number,
      pattern: containsPattern(q),
      limit: 15,
      offset: 0,
    });
    const { rows } = await app.servingPool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${SEARCH.text}`, values);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it.each(['needle', 'nee', 'HAYSTACK', 'event 4711'])('%s is searched by trigrams', async (q) => {
    expect(await planOf(q)).toContain('ix_events_name');
    expect(ids(await pageOf(client, `?q=${encodeURIComponent(q)}`)).length).toBeGreaterThan(0);
  });

  it('fewer than three characters are found as well', async () => {
    expect((await pageOf(client, '?q=dl')).meta.total).toBe(1);
    expect((await pageOf(client, '?q=71')).meta.total).toBeGreaterThan(1000);
  });

  it('any page of the list is found through the index, none by sorting all', async () => {
    const page = await pageOf(client, '?page=6667');
    expect(page.data.length).toBe(11);
    expect(page.meta).toMatchObject({ total: 100_001, last_page: 6667 });
  });

  it('compares letters as names are stored', () => {
    expect(searchKey('HAYSTACK')).toBe('haystack');
  });
});
