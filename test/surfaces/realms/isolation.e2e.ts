import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentsOf } from '../../../src/app.setup.js';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenKey } from '../../support/tenant.js';
import { call } from '../../support/http.js';
import {
  givenMemberClient,
  givenMembership,
  givenRealm,
  givenRealmsClient,
  realmsClient,
} from '../../support/realms.js';

type Client = Awaited<ReturnType<typeof givenRealmsClient>>;
let app: TestApp;
let mine: Client;
let theirs: Client;
let ids: Record<string, string>;
let before: unknown;

beforeAll(async () => {
  app = await bootApp();
  mine = await givenRealmsClient(app);
  theirs = await givenRealmsClient(app);
  const { id } = theirs.tenant.member;
  await givenMembership(app, theirs.tenant, theirs.section, id, true);
  const member = await givenMemberClient(app, theirs.tenant, id);
  const base = `/sections/${theirs.section}/events`;
  const body = { title: 'Theirs', start: '2030-01-01 10:00:00', rsvp: 2 };
  const event = (await member(base, { body })).json as { id: number };
  const comment = (await member(`${base}/${event.id}/comments`, { body: { comment: 'x' } })).json as {
    id: number;
  };
  ids = {
    collection: 'sections',
    realm_id: String(theirs.section),
    event_id: String(event.id),
    comment_id: String(comment.id),
    user_id: String(id),
    enrollment_id: String(id),
  };
  before = (await theirs(`${base}/${event.id}`)).json;
});
afterAll(() => app.close());

/** Every route of the OpenAPI document with an id in its path, filled with ids of the other organization. */
function routes(): { method: string; path: string }[] {
  const document = documentsOf(app.app, 'http://localhost').find(({ name }) => name === 'realms');
  return Object.entries(document?.document.paths ?? {})
    .filter(([template]) => template.includes('{'))
    .flatMap(([template, item]) =>
      Object.keys(item).map((method) => ({
        method: method.toUpperCase(),
        path: template
          .replace(/\{(\w+)\}/g, (_, parameter: string) => ids[parameter] ?? 'unknown parameter')
          .replace('/v1', ''),
      })),
    );
}

const BODIES: Record<string, object> = {
  events: { title: 'Mine', start: '2030-01-01 10:00:00' },
  rsvp: { response: 'no' },
  comments: { comment: 'Mine' },
};

describe("another organization's rows", () => {
  it('answer on every route as if they did not exist, even to its administrators', async () => {
    expect(routes().length).toBeGreaterThanOrEqual(12);
    for (const { method, path } of routes()) {
      const body =
        method === 'GET' || method === 'DELETE'
          ? undefined
          : { ...BODIES.events, ...BODIES.rsvp, ...BODIES.comments };
      const foreign = await realmsClient(app, mine.consumer)(path, { method, ...(body && { body }) });
      expect([method, path, foreign.status, foreign.text]).toEqual([method, path, 404, '']);
    }
    const { realm_id, event_id } = ids;
    expect((await theirs(`/sections/${String(realm_id)}/events/${String(event_id)}`)).json).toEqual(before);
    expect(
      (await theirs(`/sections/${String(realm_id)}/events/${String(event_id)}/comments`)).json.total,
    ).toBe(1);
  });

  it('are not reached through a realm of one’s own', async () => {
    const base = `/sections/${mine.section}/events/${String(ids.event_id)}`;
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await mine(base, { method, ...(method === 'PUT' && { body: { title: 'Mine' } }) });
      expect([method, response.status]).toEqual([method, 404]);
    }
    // An own event is not found through another own realm either.
    const own = await mine(`/sections/${mine.section}/events`, { body: BODIES.events });
    const elsewhere = await givenRealm(app, mine.tenant);
    expect((await mine(`/sections/${elsewhere}/events/${String(own.json.id)}`)).status).toBe(404);
  });

  it('are refused with a key of another surface', async () => {
    const key = await givenKey(app, theirs.tenant, { surface: 'companies' });
    for (const { method, path } of routes()) {
      const response = await call(`${app.url}/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}` },
      });
      expect([method, path, response.status]).toEqual([method, path, 401]);
    }
  });
});

describe('beside the nonce one statement is enough', () => {
  it('to answer, to comment, to list comments and to show a feed', async () => {
    const { id } = mine.tenant.member;
    await givenMembership(app, mine.tenant, mine.section, id);
    const member = await givenMemberClient(app, mine.tenant, id);
    const event = await mine(`/sections/${mine.section}/events`, { body: { ...BODIES.events, rsvp: 1 } });
    const base = `/sections/${mine.section}/events/${String(event.json.id)}`;
    await member(base);
    const cost = async (path: string, request: object = {}): Promise<number> => {
      const start = app.open.database.statementCount;
      expect((await member(path, request)).status).toBeLessThan(300);
      return app.open.database.statementCount - start;
    };
    expect([
      await cost(`${base}/rsvp`, { method: 'PUT', body: BODIES.rsvp }),
      await cost(`${base}/rsvp`),
      await cost(`${base}/comments`, { body: BODIES.comments }),
      await cost(`${base}/comments`),
      await cost('/users/me/calendar'),
      await cost('/users/me/upcoming'),
    ]).toEqual([2, 2, 2, 2, 2, 2]);
  });
});
