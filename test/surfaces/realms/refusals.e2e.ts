import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import { givenRealmsClient, XML } from '../../support/realms.js';

type Client = Awaited<ReturnType<typeof givenRealmsClient>>;
let app: TestApp;
let client: Client;
let base: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
  base = `/sections/${client.section}/events`;
});
afterAll(async () => {
  expect((await client(base)).json.total).toBe(0); // no rejected request stored anything
  await app.close();
});

const body = { title: 'x', start: '2030-05-04 16:30:00' };

describe('a faulty body', () => {
  it.each<[string, object, string | RegExp]>([
    ['no title', { title: undefined }, 'title is required'],
    ['a title that is null', { title: null }, 'title is required'],
    ['an empty title', { title: '' }, /^title must be text of 1 to 500/],
    ['a title that is a number', { title: 7 }, /^title must be text/],
    ['a title of 501 characters', { title: 't'.repeat(501) }, /^title must be text/],
    [
      'a title that XML cannot carry',
      { title: 'a\u0001b' },
      /^title must not hold characters that XML cannot/,
    ],
    ['a title with NUL', { title: 'a\0b' }, /^title must not hold/],
    ['a title with half a character', { title: 'a\ud800' }, /^title must not hold/],
    ['a description with a vertical tab', { description: '\v' }, /^description must not hold/],
    ['no start', { start: undefined }, 'start is required'],
    ["the page's own 45th of May", { start: '2015-05-45 16:30:00' }, /^start must be an existing date/],
    ['the 31st of June', { start: '2030-06-31 10:00:00' }, /^start must be an existing date/],
    ['the 29th of February 2029', { start: '2029-02-29 10:00:00' }, /^start must be an existing date/],
    ['24 o’clock', { start: '2030-05-04 24:00:00' }, /^start must be/],
    ['a start without seconds', { start: '2030-05-04 16:30' }, /^start must be/],
    ['a start with a zone', { start: '2030-05-04T16:30:00Z' }, /^start must be/],
    ['an empty start', { start: '' }, /^start must be/],
    ['an impossible end', { end: '2030-05-45 16:30:00' }, /^end must be/],
    ['an end before the start', { end: '2030-05-04 16:29:59' }, 'end must not be before start'],
    ['has_end without end', { has_end: 1 }, 'has_end must not be 1 without an end'],
    ['has_end with an empty end', { has_end: '1', end: '' }, 'has_end must not be 1 without an end'],
    ['a flag that is 2', { all_day: 2 }, 'all_day must be 0 or 1'],
    ['a flag in words', { comments_enabled: 'yes' }, 'comments_enabled must be 0 or 1'],
    ['an rsvp of 3', { rsvp: 3 }, 'rsvp must be 0, 1 or 2'],
    ['another type', { type: 'assignment' }, 'type can only be "event"'],
    [
      'many faults at once',
      { title: '', start: 'x', all_day: 'x', rsvp: 'x', type: 'x' },
      /^title .*; start .*; all_day .*; rsvp .*; type .*$/,
    ],
  ])('with %s is refused by 400 that says so', async (_, overrides, text) => {
    const response = await client(base, { body: { ...body, ...overrides } });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/json; charset=utf-8',
    ]);
    expect(response.json).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
    const asText = await client(base, { body: { ...body, ...overrides }, headers: { accept: 'text/xml' } });
    expect([asText.status, asText.headers.get('content-type'), asText.text]).toEqual([
      400,
      'text/plain; charset=utf-8',
      response.json,
    ]);
  });

  it('is refused by PUT as well: null for what cannot be cleared, the 45th of May', async () => {
    const created = await client(base, { body });
    const path = `${base}/${String(created.json.id)}`;
    for (const change of [
      { title: null },
      { start: null },
      { end: '2015-05-45 20:30:00' },
      { type: 'discussion' },
    ]) {
      expect((await client(path, { method: 'PUT', body: change })).status).toBe(400);
    }
    expect((await client(path)).json).toMatchObject(body);
    await client(path, { method: 'DELETE' });
  });

  it.each([
    ['{"title":', 'cut short'],
    ['[]', 'a list'],
    ['"x"', 'a text'],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'deep'],
  ])('%.20s that is %s is refused by 400', async (text) => {
    const response = await client(base, { body: text });
    expect([response.status, response.json]).toEqual([400, expect.any(String)]);
  });

  it('that is empty counts as {}', async () => {
    const response = await client(base, { method: 'POST', headers: { 'content-type': 'text/xml' } });
    expect([response.status, response.json]).toEqual([400, 'title is required; start is required']);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data'])(
    'of type %s is refused by 415',
    async (type) => {
      const response = await client(base, { body: 'title=x', headers: { 'content-type': type } });
      expect([response.status, response.json]).toEqual([415, expect.any(String)]);
    },
  );

  it.each([{}, XML])('of 2 MB is refused by 413', async (headers) => {
    const response = await client(base, { body: 'x'.repeat(2 * 1024 * 1024), headers });
    expect(response.status).toBe(413);
  });

  it('ignores what it does not know, in body and query', async () => {
    const response = await client(`${base}?colour=red`, {
      body: { ...body, colour: 'red', id: 1, editable: 0 },
    });
    expect([response.status, response.json.editable]).toEqual([201, 1]);
    await client(`${base}/${String(response.json.id)}`, { method: 'DELETE' });
  });
});

describe('what is not there', () => {
  it.each(['/nothing', '', '/sections', '/sections/1/nothing', '/sections/1/events/2/3/4'])(
    '%j below /v1 answers an empty 404, signed or not',
    async (path) => {
      for (const response of [await client(path), await call(`${app.url}/v1${path}`)]) {
        expect([response.status, response.text]).toEqual([404, '']);
      }
    },
  );

  it('is a method: 405 says which there are', async () => {
    const response = await call(`${app.url}/v1${base}`, { method: 'PATCH', body: {} });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST']);
    expect(response.json).toEqual(expect.any(String));
  });

  it('does not tell strangers what is wrong with their body', async () => {
    const response = await call(`${app.url}/v1${base}`, { body: '{', headers: XML });
    expect(response.status).toBe(401);
  });
});
