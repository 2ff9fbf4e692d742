import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenRealm, givenRealmsClient } from '../../support/realms.js';

type Client = Awaited<ReturnType<typeof givenRealmsClient>>;
let app: TestApp;
let client: Client;
let base: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
  base = `/sections/${client.section}/events`;
});
afterAll(() => app.close());

const sample = {
  title: 'My new event',
  description: 'My event description',
  start: '2015-05-25 16:30:00',
  has_end: '1',
  end: '2015-05-25 18:30:00',
  type: 'event',
};

describe('an event', () => {
  it('is created with 201, as the page shows it, and found without links', async () => {
    const created = await client(base, { body: sample });
    expect(created.status).toBe(201);
    const { id } = created.json as { id: number };
    const item = {
      id,
      title: 'My new event',
      description: 'My event description',
      start: '2015-05-25 16:30:00',
      has_end: 1,
      end: '2015-05-25 18:30:00',
      all_day: 0,
      editable: 1,
      rsvp: 0,
      comments_enabled: 1,
      type: 'event',
      realm: 'section',
      section_id: client.section,
    };
    expect(created.json).toEqual({
      ...item,
      links: { self: `https://quintet.test/v1${base}/${id}` },
    });
    const found = await client(`${base}/${id}`);
    expect([found.status, found.json]).toEqual([200, item]);
    expect(Object.keys(found.json)).toEqual(Object.keys(item));
  });

  it.each([
    ['districts', 'district', 'district_id'],
    ['schools', 'school', 'school_id'],
    ['courses', 'course', 'course_id'],
    ['sections', 'section', 'section_id'],
    ['groups', 'group', 'group_id'],
  ] as const)('lives in %s', async (collection, realm, idField) => {
    const realmId = await givenRealm(app, client.tenant, realm);
    const created = await client(`/${collection}/${realmId}/events`, { body: sample });
    expect(created.json).toMatchObject({ realm, [idField]: realmId });
    expect((await client(`/${collection}/${realmId}/events`)).json.total).toBe(1);
  });

  it('lives in the calendar of a user', async () => {
    const { id } = client.tenant.member;
    const created = await client(`/users/${id}/events`, { body: sample });
    expect(created.json).toMatchObject({ realm: 'user', user_id: id });
    expect((await client(`/users/${id}/events`)).json.event).toEqual([created.json]);
  });
});
