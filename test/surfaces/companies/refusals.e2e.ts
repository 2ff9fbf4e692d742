import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  anOfflineEvent,
  anOnlineEvent,
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';
import { call } from '../../support/http.js';

let app: TestApp;
let client: CompaniesClient;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app);
});
afterAll(async () => {
  expect((await client('/events?q=refused')).json.meta.total).toBe(0); // rejected requests left nothing behind
  await app.close();
});

const validBody = (overrides: Record<string, unknown>): Record<string, unknown> =>
  anOfflineEvent({ name: 'Refused', ...overrides });
const onlyMessage = { message: expect.any(String) };

describe('a faulty body', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['no name', { name: undefined }, ['name']],
    ['an empty name', { name: '' }, ['name']],
    ['a name of blanks', { name: ' \t ' }, ['name']],
    ['a city of blanks', { city: '  ' }, ['city']],
    ['a name of 256 characters', { name: 'n'.repeat(256) }, ['name']],
    ['a name with NUL', { name: 'a\0b' }, ['name']],
    ['a name with half a surrogate pair', { name: 'a\ud800b' }, ['name']],
    ['a name that is a list', { name: ['x'] }, ['name']],
    ['an impossible date', { date_start: '2031-02-29 09:00' }, ['date_start']],
    ['an impossible time', { date_end: '2031-04-26 24:00' }, ['date_end']],
    ['a date with seconds', { date_start: '2031-04-25 09:00:00' }, ['date_start']],
    ['a date in ISO 8601', { date_start: '2031-04-25T09:00' }, ['date_start']],
    ['a date alone', { date_end: '2031-04-26' }, ['date_end']],
    ['a date in the year 0', { date_start: '0000-01-01 09:00' }, ['date_start']],
    ['a date that is a number', { date_start: 1_900_000_000 }, ['date_start']],
    ['an end before the start', { date_end: '2031-04-25 08:59' }, ['date_end']],
    ['a mode that does not exist', { attendance_mode: 'hybrid' }, ['attendance_mode']],
    ['a role that does not exist', { company_role: 'ORGANIZING' }, ['company_role']],
    ['a language that is not spoken', { locale: 'xx' }, ['locale']],
    ['a country that does not exist', { country: 'Atlantis' }, ['country']],
    ['a zone that is an offset', { timezone: '+02:00' }, ['timezone']],
    ['a policy that is no address', { privacy_policy: 'example.com' }, ['privacy_policy']],
    ['a policy that would run', { privacy_policy: 'javascript:alert(1)' }, ['privacy_policy']],
    ['a policy of another scheme', { privacy_policy: 'ftp://example.com' }, ['privacy_policy']],
    ['a tax country of three letters', { tax_country: 'URY' }, ['tax_country']],
    ['a tax country that does not exist', { tax_country: 'XX' }, ['tax_country']],
    ['a flag that is a text', { requires_ticket_assignment: 'true' }, ['requires_ticket_assignment']],
    ['a venue that is an object', { venue: {} }, ['venue']],
    ['an endless address', { venue_address: 'a'.repeat(256) }, ['venue_address']],
  ])('with %s is refused by 422 that names what is faulty', async (_, overrides, fields) => {
    const answer = await client('/events/create', { body: validBody(overrides) });
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.json)).toEqual(['message', 'errors']);
    expect(Object.keys(answer.json.errors as object)).toEqual(fields);
    for (const messages of Object.values(answer.json.errors as object)) {
      expect(messages).toEqual([expect.any(String)]);
    }
  });

  it('is told by its first fault and how many more there are', async () => {
    const tell = async (body: object): Promise<{ message: string; errors: Record<string, string[]> }> =>
      (await client('/events/create', { body })).json as never;
    const one = await tell(validBody({ name: 7 }));
    expect(one.message).toBe(one.errors.name?.[0]);
    const two = await tell(validBody({ name: 7, locale: 7 }));
    expect(two.message).toBe(`${String(two.errors.name?.[0])} (and 1 more error)`);
    const three = await tell(validBody({ name: 7, locale: 7, city: 7 }));
    expect(three.message).toBe(`${String(three.errors.name?.[0])} (and 2 more errors)`);
  });

  it('with a name of 255 characters, each a surrogate pair, is no faulty one', async () => {
    expect((await created(client, anOnlineEvent({ name: '🎓'.repeat(255) }))).name).toBe('🎓'.repeat(255));
  });

  it('with blanks around its names is read without them', async () => {
    const event = await created(
      client,
      validBody({ name: '  Blanks  ', city: ' Montevideo', venue: 'Sala 3 ', venue_address: ' ' }),
    );
    expect(event).toMatchObject({
      id: 'blanks',
      name: 'Blanks',
      city: { name: 'Montevideo' },
      venue: { name: 'Sala 3', address: null },
    });
  });

  it.each([
    [1, true],
    ['1', true],
    [0, false],
    ['0', false],
  ])('with a flag spelt %j means %j', async (flag, meant) => {
    const event = await created(client, validBody({ name: 'Flag', requires_ticket_assignment: flag }));
    expect(event.requires_ticket_assignment).toBe(meant);
  });

  it('with keys that nobody knows is no faulty one', async () => {
    const event = await created(
      client,
      anOnlineEvent({
        id: 'mine',
        cohosts: [1],
        page: 7,
        google_place_id: 7,
        constructor: 1,
        __proto__: { a: 1 },
      }),
    );
    expect(event).toMatchObject({ id: 'webinar', cohosts: [] });
  });

  it.each([
    ['{"name":', 'is cut short'],
    ['[1,2]', 'is a list'],
    ['"text"', 'is a text'],
    ['{"a":1,}', 'has a trailing comma'],
    ['['.repeat(10_000), 'nests 10,000 deep'],
  ])('%.20s that %s is refused by 400', async (body) => {
    const answer = await client('/events/create', { body });
    expect([answer.status, answer.json]).toEqual([400, onlyMessage]);
  });

  it('that is empty counts as {}', async () => {
    const answer = await client('/events/create', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
    });
    expect([answer.status, Object.keys(answer.json.errors as object)]).toEqual([
      422,
      expect.arrayContaining(['name', 'date_start']),
    ]);
  });

  it('of 2 MB is refused by 413, of another media type by 415', async () => {
    const large = await client('/events/create', { body: validBody({ venue: 'v'.repeat(2 * 1024 * 1024) }) });
    expect([large.status, large.json]).toEqual([413, onlyMessage]);
    const xml = await client('/events/create', { body: '<event/>', headers: { 'content-type': 'text/xml' } });
    expect([xml.status, xml.json]).toEqual([415, onlyMessage]);
  });
});

describe('the order of refusals', () => {
  const stranger = { authorization: 'Bearer nobody' };
  const at = (path: string): string => `${app.url}/api/v1/${client.company.id}${path}`;

  it('names the path, the method, the media type, the credential, the right, the row and then the content', async () => {
    const ask = async (path: string, request: Parameters<typeof call>[1]): Promise<number> =>
      (await call(at(path), request)).status;
    const mine = { authorization: client.authorization };
    expect(await ask('/nothing/of/this', { headers: stranger, body: '{' })).toBe(404);
    expect(await ask('/events', { method: 'PUT', headers: stranger, body: '{' })).toBe(405);
    expect(
      await ask('/events/create', { headers: { ...stranger, 'content-type': 'text/csv' }, body: 'a' }),
    ).toBe(415);
    expect(await ask('/events/create', { headers: stranger, body: '{' })).toBe(401);
    expect(await ask('x/events/create', { headers: mine, body: '{' })).toBe(403);
    expect(await ask('/events/nothing', { method: 'PATCH', headers: mine, body: '{' })).toBe(404);
    expect(await ask('/events/create', { headers: mine, body: '{' })).toBe(400);
  });

  it.each(['', '/', '/x', '/x/events/a/b', '/companies/x/y', '//x//nothing/'])(
    'speaks its own words below /api/v1%s',
    async (path) => {
      const answer = await call(`${app.url}/api/v1${path}`);
      expect([answer.status, answer.json]).toEqual([404, onlyMessage]);
    },
  );

  it('says which methods a path answers', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/events', 'GET, HEAD, OPTIONS'],
      ['POST', '/events/x', 'GET, HEAD, OPTIONS, PATCH'],
      ['GET', '/events/x/cohosts', 'OPTIONS, POST'],
      ['POST', '/events/x/cohosts/y', 'DELETE, OPTIONS, PATCH'],
      ['DELETE', '/event/x/page', 'GET, HEAD, OPTIONS, POST'],
    ] as const) {
      const answer = await call(at(path), { method });
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, allow]);
    }
  });
});

describe('statements', () => {
  async function statementsOf(request: () => Promise<{ status: number }>, status = 200): Promise<number> {
    const before = app.open.database.statementCount;
    expect((await request()).status).toBe(status);
    return app.open.database.statementCount - before;
  }

  it('a read or a simple write costs one, a name that is taken and a refused change cost more', async () => {
    const { id } = await created(client, anOnlineEvent({ name: 'Counted' }));
    const { id: organized } = await created(client, anOfflineEvent({ name: 'Organized' }));
    const patch = (body: unknown): Promise<{ status: number }> =>
      client(`/events/${id}`, { method: 'PATCH', body });
    await client('/events');
    expect(await statementsOf(() => client('/events'))).toBe(1);
    expect(await statementsOf(() => client('/events?q=count'))).toBe(1);
    expect(await statementsOf(() => client(`/events/${id}`))).toBe(1);
    expect(
      await statementsOf(() => client('/events/create', { body: anOnlineEvent({ name: 'New' }) }), 201),
    ).toBe(1);
    expect(await statementsOf(() => patch({ name: 'x', locale: 'en' }))).toBe(1);
    expect(await statementsOf(() => client(`/event/${organized}/page`))).toBe(1);
    expect(await statementsOf(() => client(`/event/${organized}/page`, { body: { tagline: 'x' } }))).toBe(1);
    expect(
      await statementsOf(() => client('/events/create', { body: anOnlineEvent({ name: 'New' }) }), 201),
    ).toBe(4);
    expect(await statementsOf(() => client('/events/create', { body: {} }), 422)).toBe(0);
    expect(await statementsOf(() => patch({ attendance_mode: 'offline' }), 422)).toBe(2);
    expect(await statementsOf(() => patch({ attendance_mode: 'offline', timezone: null }), 422)).toBe(1);
    expect(await statementsOf(() => patch({ slug: organized }), 422)).toBe(1);
    expect(await statementsOf(() => patch({ name: 7 }), 422)).toBe(1);
    expect(await statementsOf(() => client('/events/Upper'), 404)).toBe(0);
  });
});

describe('limits', () => {
  it('stand in the headers of every admitted request', async () => {
    for (const answer of [await client('/events'), await client('/events/nothing')]) {
      expect(Number(answer.headers.get('x-ratelimit-limit'))).toBe(1_000_000);
      expect(Number(answer.headers.get('x-ratelimit-remaining'))).toBeLessThan(1_000_000);
    }
  });

  it('are per credential: over the ceiling is 429 with retry-after, in the same words', async () => {
    const small = await bootApp({ databaseUrl: app.databaseUrl, environment: { COMPANIES_RATE_LIMIT: '3' } });
    try {
      const other = await givenCompaniesClient(small);
      const statuses: number[] = [];
      for (let n = 0; n < 4; n++) statuses.push((await other('/events')).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      const refused = await other('/events');
      expect([refused.status, refused.json]).toEqual([429, onlyMessage]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await small.close();
    }
  });
});
