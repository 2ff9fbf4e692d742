import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  givenConsumer,
  givenMember,
  givenMemberClient,
  givenMembership,
  givenRealm,
  realmsClient,
  type RealmsClient,
} from '../../support/realms.js';
import { givenTenant, type Tenant } from '../../support/tenant.js';

const ZONE = 'Europe/Berlin';
const START = '2030-01-01 10:00:00';
const KINDS = ['districts', 'schools', 'courses', 'sections', 'groups'] as const;
type Kind = (typeof KINDS)[number];

let app: TestApp;
let tenant: Tenant;
let key: RealmsClient;
/** A chain of realms, each in the one before, with an event in each. */
let realms: Record<Kind, number>;
let events: Record<Kind, number>;

beforeAll(async () => {
  app = await bootApp();
  tenant = await givenTenant(app);
  key = realmsClient(app, await givenConsumer(app, tenant));
  realms = {} as Record<Kind, number>;
  events = {} as Record<Kind, number>;
  let parent: number | null = null;
  for (const kind of KINDS) {
    const name = kind.slice(0, -1) as 'school';
    parent = realms[kind] = await givenRealm(app, tenant, name, ZONE, parent, name);
    events[kind] = await givenEvent(kind, parent, name);
  }
});
afterAll(() => app.close());

async function givenEvent(kind: Kind, realm: number, title: string, more: object = {}): Promise<number> {
  const created = await key(`/${kind}/${realm}/events`, { body: { title, start: START, ...more } });
  return created.json.id as number;
}

let count = 0;
async function memberOf(...ids: number[]): Promise<RealmsClient & { readonly id: number }> {
  const id = await givenMember(app, tenant, `pupil-${++count}@example.org`);
  for (const realm of ids) await givenMembership(app, tenant, realm, id);
  return Object.assign(await givenMemberClient(app, tenant, id), { id });
}

const eventPath = (kind: Kind): string => `/${kind}/${realms[kind]}/events/${events[kind]}`;
const titles = (answer: { json: { event: { title: string }[] } }): string[] =>
  answer.json.event.map(({ title }) => title).sort();

describe('a member of a realm', () => {
  it.each(KINDS)('of the %s reads the events of all realms above, and of none below', async (kind) => {
    const client = await memberOf(realms[kind]);
    const at = KINDS.indexOf(kind);
    for (const [index, other] of KINDS.entries()) {
      const status = index <= at ? 200 : 403;
      expect([other, (await client(`/${other}/${realms[other]}/events`)).status]).toEqual([other, status]);
      expect([other, (await client(eventPath(other))).status]).toEqual([other, status]);
    }
  });

  it('reads nothing of realms beside the own one', async () => {
    const beside = await givenRealm(app, tenant, 'section', ZONE, realms.courses);
    const client = await memberOf(realms.sections);
    expect((await client(`/sections/${beside}/events`)).status).toBe(403);
    expect((await client(`/courses/${realms.courses}/events`)).status).toBe(200);
  });

  it('reads them inside a multiget', async () => {
    const client = await memberOf(realms.sections);
    const request = [`/v1/schools/${realms.schools}/events`, `/v1/groups/${realms.groups}/events`];
    const { json } = await client('/multiget', { body: { request } });
    expect(json.response.map((part: { response_code: number }) => part.response_code)).toEqual([200, 403]);
  });

  it('finds them in the calendar and in what is upcoming, each once', async () => {
    const other = await givenRealm(app, tenant, 'section', ZONE, realms.courses, 'other');
    const client = await memberOf(realms.sections, realms.courses, other);
    const expected = ['course', 'district', 'school', 'section'];
    expect(titles(await client('/users/me/calendar'))).toEqual(expected);
    expect(titles(await client('/users/me/upcoming'))).toEqual(expected);
    expect((await client('/users/me/calendar')).json.total).toBe(4);
  });

  it('cannot write above, see who comes, answer or comment, nor change an own event there', async () => {
    const client = await memberOf(realms.sections);
    const id = await givenEvent('courses', realms.courses, 'trip', { rsvp: 1, comments_enabled: 1 });
    await app.open.pool.query('UPDATE realms.events SET creator_id = $2 WHERE id = $1', [id, client.id]);
    const course = `/courses/${realms.courses}/events`;
    const statuses = [
      await client(course, { body: { title: 'x', start: START } }),
      await client(`${course}/${id}`, { method: 'PUT', body: { title: 'x' } }),
      await client(`${course}/${id}`, { method: 'DELETE' }),
      await client(`${course}/${id}/rsvp`),
      await client(`${course}/${id}/rsvp`, { method: 'PUT', body: { response: 'yes' } }),
      await client(`${course}/${id}/comments`),
      await client(`${course}/${id}/comments`, { body: { comment: 'Hi' } }),
    ].map(({ status, text }) => [status, text]);
    expect(statuses).toEqual(Array(7).fill([403, '']));
    expect((await client(`${course}/${id}`)).json).toMatchObject({ title: 'trip', editable: 0 });
    const listed = (await client(course)).json.event as { id: number; editable: number }[];
    expect(listed.find((event) => event.id === id)?.editable).toBe(0);
    const fed = (await client('/users/me/calendar')).json.event as { id: number; editable: number }[];
    expect(fed.find((event) => event.id === id)?.editable).toBe(0);
  });

  it('answers above where anybody may', async () => {
    const client = await memberOf(realms.sections);
    const id = await givenEvent('schools', realms.schools, 'fair', { rsvp: 2 });
    const path = `/schools/${realms.schools}/events/${id}/rsvp`;
    expect((await client(path, { method: 'PUT', body: { response: 'yes' } })).status).toBe(200);
  });

  it('as its administrator is none of the realms above', async () => {
    const id = await givenMember(app, tenant, 'head-of-section@example.org');
    await givenMembership(app, tenant, realms.sections, id, true);
    const client = await givenMemberClient(app, tenant, id);
    const body = { title: 'x', start: START };
    expect((await client(`/sections/${realms.sections}/events`, { body })).status).toBe(201);
    expect((await client(`/courses/${realms.courses}/events`, { body })).status).toBe(403);
  });

  it('follows a realm that is moved at once', async () => {
    const school = await givenRealm(app, tenant, 'school', ZONE, null, 'new school');
    const section = await givenRealm(app, tenant, 'section', ZONE, realms.courses);
    const client = await memberOf(section);
    await app.open.pool.query('UPDATE realms.realms SET parent_id = $2 WHERE id = $1', [section, school]);
    expect((await client(`/schools/${school}/events`)).status).toBe(200);
    expect((await client(`/schools/${realms.schools}/events`)).status).toBe(403);
  });

  it('of another organization finds nothing there', async () => {
    const elsewhere = await givenTenant(app);
    const stranger = realmsClient(app, await givenConsumer(app, elsewhere));
    expect((await stranger(`/courses/${realms.courses}/events`)).status).toBe(404);
  });
});

describe('an event', () => {
  it.each(KINDS)(
    'of a %s carries the id of its own realm alone, by whatever path it is read',
    async (kind) => {
      const client = await memberOf(realms.groups);
      const key = `${kind.slice(0, -1)}_id`;
      const feed = (await client('/users/me/calendar')).json.event as { id: number }[];
      const shapes = [
        (await client(eventPath(kind))).json,
        (await client(`/${kind}/${realms[kind]}/events`)).json.event[0],
        feed.find(({ id }) => id === events[kind]),
      ];
      for (const shape of shapes) {
        const ids = Object.keys(shape as object).filter((name) => name.endsWith('_id'));
        expect(ids).toEqual([key]);
        expect(shape).toMatchObject({ [key]: realms[kind] });
      }
    },
  );
});
