import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { bootApp, type TestApp } from '../../support/app.js';
import { adminClient } from '../../support/admin.js';
import { call } from '../../support/http.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp({ environment: { TRAINING_RATE_LIMIT: '5000' } });
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

const NAMES = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];
const unknownPath = { result: 'failure', error: { type: 'NotFound', message: expect.any(String) } };

describe('the rate limit', () => {
  it.each<[string, number, string, object]>([
    ['without a credential', 401, '/events', {}],
    ['to an unknown path', 404, '/events/x/y/z', {}],
    ['to a path that cannot be decoded', 404, '/events/%zz', {}],
    ['with a wrong method', 405, '/events', { method: 'PUT', body: '{}' }],
    ['with a body that is too large', 413, '/events', { body: ' '.repeat(1024 * 1024 + 1) }],
    ['with a body of another type', 415, '/events', { body: 'a', headers: { 'content-type': 'text/csv' } }],
    ['for health', 200, '/health', {}],
    [
      'for the methods of a path',
      204,
      '/events',
      { method: 'OPTIONS', headers: { origin: 'https://x.test', 'access-control-request-method': 'GET' } },
    ],
  ])('is told in full to a request %s', async (_, status, path, request) => {
    const answer = await call(`${app.url}/api/v1${path}`, request);
    expect(answer.status).toBe(status);
    const [limit, remaining, reset = NaN] = NAMES.map((name) => Number(answer.headers.get(name)));
    expect([limit, remaining]).toEqual([5000, 5000]);
    expect(reset % 60).toBe(0);
    expect(reset - Date.now() / 1000).toBeLessThanOrEqual(60);
    expect(reset - Date.now() / 1000).toBeGreaterThan(-1);
  });

  it('is told to a request that is no HTTP', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () =>
        socket.write('GET /api/v1/events HTTP/1.1\r\nbroken header\r\n\r\n'),
      );
      socket.once('data', (data) => resolve(String(data)));
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('x-ratelimit-limit: 5000');
  });

  it('is told as it is counted to a request with a credential, refused or not', async () => {
    for (const answer of [await client('/events'), await client('/events', { body: {} })]) {
      expect(answer.headers.get('x-ratelimit-limit')).toBe('5000');
      expect(Number(answer.headers.get('x-ratelimit-remaining'))).toBeLessThan(5000);
    }
  });

  it('is told on no other surface and not where there is none', async () => {
    expect((await call(`${app.url}/v2/events`)).headers.get('x-ratelimit-limit')).toBeNull();
    const unlimited = await bootApp({ environment: { TRAINING_RATE_LIMIT: '0' } });
    const answer = await call(`${unlimited.url}/api/v1/events`);
    await unlimited.close();
    expect([answer.status, answer.headers.get('x-ratelimit-limit')]).toEqual([401, null]);
  });
});

describe('a path below a word of training', () => {
  it.each(['events', 'classes', 'members', 'health', 'partners', 'ondemand', 'subscriptions'])(
    '%s that does not exist answers as training does',
    async (word) => {
      const answer = await client(`/${word}/of/nothing/at/all`);
      expect([answer.status, answer.json]).toEqual([404, unknownPath]);
    },
  );

  it.each(['partners', 'ondemand', 'subscriptions'])('%s is no company', async (word) => {
    const answer = await client(`/${word}/events`);
    expect([answer.status, answer.json.error.type]).toEqual([404, expect.stringMatching(/NotFound$/)]);
  });

  it.each(['/events/x/reports/y', '/events/x/usage'])('%s is not there', async (path) => {
    const answer = await client(path);
    expect([answer.status, answer.json]).toEqual([404, unknownPath]);
  });

  it.each(['partners', 'ondemand', 'subscriptions'])('%s is no slug of a company', async (slug) => {
    const answer = await adminClient(app)(`/organizations/${client.tenant.slug}/companies`, {
      body: { name: 'x', slug },
    });
    expect([answer.status, answer.json.errors[0].field]).toEqual([422, 'slug']);
  });
});

describe('a body of a DELETE', () => {
  it.each([
    ['malformed JSON', 'application/json', '{"a":'],
    ['a form', 'application/x-www-form-urlencoded', 'a=1'],
    ['text', 'text/plain', 'please'],
    ['something of an empty type', '', 'x'],
    ['something of a type that is none', 'json', 'x'],
  ])('is ignored: %s', async (_, type, body) => {
    const { id } = (await client('/events', { body: anEvent(client) })).json;
    const answer = await client(`/events/${String(id)}`, {
      method: 'DELETE',
      headers: { 'content-type': type },
      body,
    });
    expect([answer.status, answer.json]).toEqual([200, { result: 'success' }]);
  });

  it('over 1 MiB is refused', async () => {
    const answer = await client('/events/x', { method: 'DELETE', body: ' '.repeat(1024 * 1024 + 1) });
    expect([answer.status, answer.json.error.type]).toEqual([413, 'PayloadTooLarge']);
  });
});

describe('a date in the basic format of ISO 8601', () => {
  it('is read on create, on change and in a filter, and written as any other', async () => {
    const dates = { date_start: '20271201T100000+0100', date_end: '20271201T1000Z' };
    const created = (await client('/events', { body: anEvent(client, dates) })).json;
    expect(created).toMatchObject({
      date_start: '2027-12-01T09:00:00.000Z',
      date_end: '2027-12-01T10:00:00.000Z',
    });
    const changed = await client(`/events/${String(created.id)}`, {
      method: 'PATCH',
      body: { date_end: '20271202' },
    });
    expect(changed.json.date_end).toBe('2027-12-02T00:00:00.000Z');
    const found = await client('/events?date_from=20271201&date_to=20271201T100000Z');
    expect(found.json.map(({ id }: { id: string }) => id)).toEqual([created.id]);
  });

  it('is compared with the other date of the body', async () => {
    const dates = { date_start: '20271201T100000Z', date_end: '20271201T090000Z' };
    const answer = await client('/events', { body: anEvent(client, dates) });
    expect([answer.status, answer.json.error.errors[0].param]).toEqual([422, 'date_end']);
  });
});

describe('the envelope of a credential', () => {
  it('is switched by the admin API within a second, and by no header', async () => {
    const other = await givenTrainingClient(app);
    const admin = adminClient(app);
    const path = `/organizations/${other.tenant.slug}/credentials`;
    expect((await other('/classes')).json).toEqual([expect.any(Object)]);
    const [{ id }] = (await admin(path)).json.data;
    await admin(`${path}/${String(id)}`, { method: 'PATCH', body: { envelope: true } });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await other('/classes')).json).toEqual({ result: 'success', data: [expect.any(Object)] });
  });
});
