import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import { givenKey } from '../../support/tenant.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(async () => {
  expect((await client('/events')).json).toEqual([]); // whatever was refused has left nothing behind
  await app.close();
});

const refusal = (type: string): object => ({
  result: 'failure',
  error: { type, message: expect.any(String) },
});

describe('a faulty body', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['no name', { name: undefined }, ['name']],
    ['an empty name', { name: '' }, ['name']],
    ['a name of blanks', { name: ' \u00a0\t' }, ['name']],
    ['a name of 257 characters', { name: 'n'.repeat(257) }, ['name']],
    ['a name of 300 characters', { name: 'n'.repeat(300) }, ['name']],
    ['a name that is a number', { name: 7 }, ['name']],
    ['a name with NUL', { name: 'a\0b' }, ['name']],
    ['a name with half a surrogate pair', { name: 'a\ud800b' }, ['name']],
    ['a description of 65,537 characters', { description: 'd'.repeat(65_537) }, ['description']],
    ['an owner that is no address', { owner: 'ada' }, ['owner']],
    ['an owner of another organization', { owner: 'stranger@example.net' }, ['owner']],
    ['a class id that cannot be one', { class_id: 'short' }, ['class_id']],
    ['an end before the start', { date_end: '2031-05-04T08:00:00Z' }, ['date_end']],
    ['an end at the start', { date_end: '2031-05-04T09:00:00Z' }, ['date_end']],
    ['an impossible date', { date_start: '2031-02-30T09:00:00Z' }, ['date_start']],
    ['a date that is a number', { date_start: 1_900_000_000 }, ['date_start']],
    ['a flag that is a text', { include_chat: 'yes' }, ['include_chat']],
    ['assistants that are no list', { tas: 'a@x.org' }, ['tas']],
    ['a trainee that is no address', { trainees: ['a@x.org', 'b'] }, ['trainees']],
    ['an availability that does not exist', { availability: 'secret' }, ['availability']],
    [
      'many faults at once',
      { name: null, owner: 1, class_id: null, date_start: 'x', date_end: 'y', tas: {} },
      ['name', 'owner', 'class_id', 'date_start', 'date_end', 'tas'],
    ],
  ])('with %s is refused by 422 that names what is faulty', async (_, differing, fields) => {
    const answer = await client('/events', { body: anEvent(client, differing) });
    expect(answer.status).toBe(422);
    expect(answer.json.result).toBe('failure');
    expect(answer.json.error.type).toBe('RequestValidationError');
    expect(answer.json.error.errors).toHaveLength(fields.length);
    expect(answer.json.error.errors.map(({ param }: { param: string }) => param).sort()).toEqual(
      [...fields].sort(),
    );
    for (const fault of answer.json.error.errors)
      expect(fault).toEqual({ location: 'body', param: expect.any(String), msg: expect.any(String) });
  });

  it('with a name of 256 characters, each a surrogate pair, is no faulty one', async () => {
    const answer = await client('/events', { body: anEvent(client, { name: '🎓'.repeat(256) }) });
    expect(answer.status).toBe(200);
    await client(`/events/${String(answer.json.id)}`, { method: 'DELETE' });
  });

  it('with a class that is unknown is refused by 404 ClassNotFound', async () => {
    const answer = await client('/events', { body: anEvent(client, { class_id: 'AAAAAAAAAAAAAAAAA' }) });
    expect([answer.status, answer.json]).toEqual([404, refusal('ClassNotFound')]);
  });

  it('with an unknown owner and an unknown class is refused for the owner first', async () => {
    const answer = await client('/events', {
      body: anEvent(client, { class_id: 'AAAAAAAAAAAAAAAAA', owner: 'nobody@example.org' }),
    });
    expect(answer.json.error.errors[0].param).toBe('owner');
  });

  it.each([
    ['{"name":', 'is cut short'],
    ['name=x', 'is a form'],
    ['{"a":1,}', 'has a trailing comma'],
    ['[1,2]', 'is a list'],
    ['"text"', 'is a text'],
    ['7', 'is a number'],
    ['['.repeat(10_000) + ']'.repeat(10_000), 'nests 10,000 deep'],
    [`{"name":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, 'nests objects 10,000 deep'],
  ])('%.20s that %s is refused by 400', async (body) => {
    const answer = await client('/events', { body });
    expect([answer.status, answer.json]).toEqual([400, refusal('BadRequest')]);
  });

  it('that is not UTF-8 is refused by 400', async () => {
    const response = await fetch(`${app.url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: client.authorization, 'content-type': 'application/json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    });
    expect(response.status).toBe(400);
  });

  it('that is empty counts as {}', async () => {
    const answer = await client('/events', { method: 'POST', headers: { 'content-type': 'text/plain' } });
    expect(answer.status).toBe(422);
    expect(answer.json.error.errors.map(({ param }: { param: string }) => param)).toEqual(
      expect.arrayContaining(['name', 'owner', 'class_id', 'date_start', 'date_end']),
    );
  });

  it('of 2 MB is refused by 413', async () => {
    const answer = await client('/events', {
      body: anEvent(client, { description: 'd'.repeat(2 * 1024 * 1024) }),
    });
    expect([answer.status, answer.json]).toEqual([413, refusal('PayloadTooLarge')]);
  });

  it('of another media type is refused by 415', async () => {
    const answer = await client('/events', { body: '<event/>', headers: { 'content-type': 'text/xml' } });
    expect([answer.status, answer.json]).toEqual([415, refusal('UnsupportedMediaType')]);
  });
});

describe('the order of refusals', () => {
  const stranger = { authorization: 'Bearer 1:nobody' };

  it('names the path before anything else', async () => {
    const answer = await call(`${app.url}/api/v1/events/x/y/z`, { headers: stranger, body: '{' });
    expect([answer.status, answer.json]).toEqual([404, refusal('NotFound')]);
  });

  it.each(['/api/v1/events/%zz', '/api/v1/events/%', '//api//v1/members/of/nobody/'])(
    'answers 404 for %s, a path of nothing',
    async (path) => {
      const answer = await call(`${app.url}${path}`, { headers: { authorization: client.authorization } });
      expect([answer.status, answer.json]).toEqual([404, refusal('NotFound')]);
    },
  );

  it('names the method before size, type and credential', async () => {
    const answer = await call(`${app.url}/api/v1/events`, { method: 'PUT', headers: stranger, body: '{' });
    expect([answer.status, answer.json]).toEqual([405, refusal('MethodNotAllowed')]);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
  });

  it('names the media type before the credential', async () => {
    const headers = { ...stranger, 'content-type': 'text/csv' };
    expect((await call(`${app.url}/api/v1/events`, { headers, body: 'a,b' })).status).toBe(415);
  });

  it('names the credential before the content', async () => {
    const answer = await call(`${app.url}/api/v1/events`, { headers: stranger, body: '{' });
    expect([answer.status, answer.json]).toEqual([401, refusal('Unauthorized')]);
  });
});

describe('a credential', () => {
  const ask = async (authorization?: string): Promise<number> =>
    (
      await call(`${app.url}/api/v1/events`, {
        headers: authorization === undefined ? {} : { authorization },
      })
    ).status;

  it('is accepted with the id and with the slug of its organization', async () => {
    expect(await ask(client.authorization)).toBe(200);
    const [, key] = client.authorization.split(':');
    expect(await ask(`bearer ${client.tenant.slug}:${String(key)}`)).toBe(200);
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', 'Basic YTpi'],
    ['no organization', 'Bearer abcdefghijklmnop'],
    ['an unknown key', 'Bearer 1:abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq'],
    ['an empty key', 'Bearer 1:'],
    ['something endless', `Bearer 1:${'a'.repeat(8000)}`],
  ])('is missing or wrong: %s', async (_, authorization) => {
    expect(await ask(authorization)).toBe(401);
  });

  it('is refused when only its first characters are right', async () => {
    expect(await ask(`${client.authorization.slice(0, -1)}_`)).toBe(401);
  });

  it('is refused beside another organization', async () => {
    const other = await givenTrainingClient(app);
    const [, key] = client.authorization.split(':');
    expect(await ask(`Bearer ${other.tenant.id}:${String(key)}`)).toBe(401);
  });

  it('is refused on a surface that it was not made for', async () => {
    const key = await givenKey(app, client.tenant, { surface: 'spaces' });
    expect(await ask(`Bearer ${client.tenant.id}:${key}`)).toBe(401);
  });

  it('is refused once it has expired', async () => {
    const past = await givenKey(app, client.tenant, { expiresAt: '2020-01-01T00:00:00Z' });
    expect(await ask(`Bearer ${client.tenant.id}:${past}`)).toBe(401);
    const future = await givenKey(app, client.tenant, { expiresAt: '2090-01-01T00:00:00Z' });
    expect(await ask(`Bearer ${client.tenant.id}:${future}`)).toBe(200);
  });
});

describe('rate limit headers', () => {
  it('stand on answers and on refusals', async () => {
    for (const answer of [
      await client('/classes'),
      await client('/events/x'),
      await client('/events', { body: '{' }),
    ]) {
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
        Number(answer.headers.get(`x-ratelimit-${name}`)),
      );
      expect(limit).toBe(1_000_000);
      expect(remaining).toBeLessThan(1_000_000);
      expect(reset).toBeGreaterThan(Date.now() / 1000 - 1);
      expect(reset).toBeLessThan(Date.now() / 1000 + 61);
    }
  });
});
