import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call, type Answer } from '../../support/http.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';

const CEILING = 60;

let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenPollsClient(app);
});
afterAll(() => app.close());

interface GivenLink {
  readonly id: string;
  readonly key: string;
}

/** The personal links of an event's guests. */
async function givenLinks(): Promise<readonly [GivenLink, GivenLink]> {
  const { json } = await client('/events', { body: aPoll() });
  const link = (index: number): GivenLink => ({
    id: json._id,
    key: json.key_store.hash[json.invitees[index].user],
  });
  return [link(1), link(2)];
}

const vote = ({ id, key }: GivenLink, of = app): Promise<Answer> =>
  call(`${of.url}/v2/events/${id}/votes`, { method: 'PUT', body: { key, dates: {} } });

const submit = ({ id, key }: GivenLink, what: string, form: Record<string, string> = {}): Promise<Answer> =>
  call(`${app.url}/poll/${id}/${what}`, {
    body: new URLSearchParams({ key, ...form }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  });

const write = ({ id, key }: GivenLink, what: string, body: Record<string, string> = {}): Promise<Answer> =>
  call(`${app.url}/v2/events/${id}/${what}`, { body: { key, ...body } });

/** Uses up a link's limit of changes per minute, through several routes. */
async function exhaust(link: GivenLink, of = app): Promise<void> {
  const responses = [
    await submit(link, 'votes'),
    await submit(link, 'dates', { 'start-0': '2031-08-01T09:00', 'length-0': '60' }),
    await submit(link, 'decline'),
    await submit(link, 'messages', { body: 'Shall we?' }),
    await write(link, 'decline'),
    await write(link, 'messages', { body: 'Shall we?' }),
  ];
  expect(responses.map(({ status }) => status)).toEqual([303, 303, 303, 303, 200, 200]);
  const votes = await Promise.all(Array.from({ length: CEILING - responses.length }, () => vote(link, of)));
  expect(votes.every(({ status }) => status === 200)).toBe(true);
}

describe('a voting link', () => {
  it('writes sixty times a minute, in whatever way, and no more', async () => {
    const [link] = await givenLinks();
    await exhaust(link);
    const before = (await client(`/events/${link.id}`)).json;
    const refused = await vote(link);
    expect([refused.status, refused.json]).toEqual([
      429,
      { status: 429, message: 'Too many changes were made with this link.' },
    ]);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThanOrEqual(60);
    const others = await Promise.all([
      write(link, 'decline'),
      write(link, 'messages', { body: 'x' }),
      submit(link, 'votes'),
      submit(link, 'dates', { 'start-0': '2031-08-01T09:00', 'length-0': '60' }),
      submit(link, 'decline'),
      submit(link, 'messages', { body: 'x' }),
    ]);
    expect(others.map(({ status }) => status)).toEqual(Array<number>(6).fill(429));
    expect(others[2]?.text).toContain('<h1>Too Many Requests</h1>');
    expect((await client(`/events/${link.id}`)).json).toEqual(before);
  });

  it('goes on reading then, and stands in the way of no other link and no credential', async () => {
    const [link, other] = await givenLinks();
    await exhaust(link);
    const page = await call(`${app.url}/poll/${link.id}?key=${link.key}`, {
      headers: { accept: 'text/html' },
    });
    expect(page.status).toBe(200);
    expect((await vote(other)).status).toBe(200);
    const { json } = await client(`/events/${link.id}`);
    const body = { invitee: json.invitees[1]._id, dates: {} };
    expect((await client(`/events/${link.id}/votes`, { method: 'PUT', body })).status).toBe(200);
    const withKey = { key: link.key, dates: {} };
    expect((await client(`/events/${link.id}/votes`, { method: 'PUT', body: withKey })).status).toBe(200);
  });

  it('is counted by all processes together', async () => {
    const second = await bootApp({ databaseUrl: app.databaseUrl });
    try {
      const [link] = await givenLinks();
      await exhaust(link, second);
      expect((await vote(link)).status).toBe(429);
      expect((await vote(link, second)).status).toBe(429);
    } finally {
      await second.close();
    }
  });
});
