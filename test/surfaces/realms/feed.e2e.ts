import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import {
  givenConsumer,
  givenMember,
  givenMemberClient,
  givenMembership,
  givenRealm,
  realmsClient,
  XML,
  type RealmsClient,
} from '../../support/realms.js';
import { givenTenant, type Tenant } from '../../support/tenant.js';
import { asStrings } from '../../support/xml.js';

let app: TestApp;
let tenant: Tenant;
let key: RealmsClient;

beforeAll(async () => {
  app = await bootApp();
  tenant = await givenTenant(app);
  key = realmsClient(app, await givenConsumer(app, tenant));
});
afterAll(() => app.close());

let count = 0;
async function givenPerson(isAdmin = false): Promise<{ id: number; client: RealmsClient }> {
  const id = await givenMember(app, tenant, `person-${++count}@example.org`, isAdmin);
  return { id, client: await givenMemberClient(app, tenant, id) };
}

/** Local time in a zone, some hours from now. */
function clockIn(zone: string, hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toLocaleString('sv-SE', { timeZone: zone });
}

const titles = (answer: { json: { event: { title: string }[] } }): string[] =>
  answer.json.event.map(({ title }) => title);

describe("a user's calendar", () => {
  it('shows the events of every realm that the user belongs to, and of the own one, by start', async () => {
    const { id, client } = await givenPerson();
    const [section, group, foreign] = [
      await givenRealm(app, tenant, 'section'),
      await givenRealm(app, tenant, 'group'),
      await givenRealm(app, tenant, 'school'),
    ];
    await givenMembership(app, tenant, section, id);
    await givenMembership(app, tenant, group, id, true);
    await key(`/sections/${section}/events`, { body: { title: 'section', start: '2030-01-03 10:00:00' } });
    await key(`/groups/${group}/events`, { body: { title: 'group', start: '2030-01-01 10:00:00' } });
    await key(`/schools/${foreign}/events`, { body: { title: 'foreign', start: '2030-01-02 10:00:00' } });
    await client(`/users/me/events`, { body: { title: 'own', start: '2030-01-02 10:00:00' } });

    const calendar = await client('/users/me/calendar');
    expect(titles(calendar)).toEqual(['group', 'own', 'section']);
    expect(calendar.json).toMatchObject({
      event: [
        { realm: 'group', group_id: group, editable: 1 },
        { realm: 'user', user_id: id, editable: 1 },
        { realm: 'section', section_id: section, editable: 0 },
      ],
      total: 3,
      links: { self: `https://quintet.test/v1/users/${id}/calendar?start=0&limit=20` },
    });
    const { self } = calendar.json.event[0].links;
    expect((await client(self.replace('https://quintet.test/v1', ''))).json.title).toBe('group');
    expect(titles(await key(`/users/${id}/calendar`))).toEqual(['group', 'own', 'section']);
    expect(titles(await client('/users/me/calendar?start_date=20300102&end_date=20300103'))).toEqual([
      'own',
      'section',
    ]);
    const second = await client('/users/me/calendar?limit=1&start=1');
    expect(titles(second)).toEqual(['own']);
    expect(second.json.links.next).toMatch(/\/calendar\?start=2&limit=1$/);
  });

  it('is shown to that user and to administrators alone', async () => {
    const { id } = await givenPerson();
    const other = await givenPerson();
    for (const feed of ['calendar', 'upcoming']) {
      expect((await other.client(`/users/${id}/${feed}`)).status).toBe(403);
      expect((await (await givenPerson(true)).client(`/users/${id}/${feed}`)).status).toBe(200);
      expect((await key(`/users/999999/${feed}`)).status).toBe(404);
    }
  });
});

describe('upcoming', () => {
  it("leaves out what is over on the clock of each event's own realm", async () => {
    const { id, client } = await givenPerson();
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Honolulu']) {
      const realm = await givenRealm(app, tenant, 'course', zone);
      await givenMembership(app, tenant, realm, id);
      const add = (title: string, body: object): Promise<unknown> =>
        key(`/courses/${realm}/events`, { body: { title: `${zone} ${title}`, ...body } });
      await add('over', { start: clockIn(zone, -2) });
      await add('under way', { start: clockIn(zone, -2), end: clockIn(zone, 1) });
      await add('ahead', { start: clockIn(zone, 2) });
      await add('today', { start: `${clockIn(zone, 0).slice(0, 10)} 00:00:00`, all_day: 1 });
      await add('yesterday', { start: clockIn(zone, -24), all_day: 1 });
    }
    const upcoming = titles(await client('/users/me/upcoming'));
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Honolulu']) {
      const here = upcoming
        .filter((title) => title.startsWith(zone))
        .map((title) => title.slice(zone.length + 1));
      expect(here.sort()).toEqual(['ahead', 'today', 'under way']);
    }
    const none = await client('/users/me/upcoming?start_date=2000-01-01&end_date=2000-01-02');
    expect(none.json).toMatchObject({ event: [], total: 0 });
  });
});

describe('an answer to an invitation', () => {
  it('is counted with those of all others, and can be changed', async () => {
    const section = await givenRealm(app, tenant);
    const people = [await givenPerson(), await givenPerson(), await givenPerson()];
    for (const { id } of people) await givenMembership(app, tenant, section, id);
    const created = await key(`/sections/${section}/events`, {
      body: { title: 'x', start: '2030-01-01 10:00:00', rsvp: 1 },
    });
    const rsvp = `/sections/${section}/events/${String(created.json.id)}/rsvp`;
    const [ada, bob, eve] = people.map(({ client }) => client);
    const say = async (client: RealmsClient | undefined, response: string): Promise<unknown> =>
      (await client?.(rsvp, { method: 'PUT', body: { response } }))?.json;

    expect((await key(rsvp)).json).toEqual({ response: '', counts: { yes: 0, no: 0, maybe: 0 } });
    expect(await say(ada, 'yes')).toEqual({ response: 'yes', counts: { yes: 1, no: 0, maybe: 0 } });
    expect(await say(bob, 'maybe')).toEqual({ response: 'maybe', counts: { yes: 1, no: 0, maybe: 1 } });
    expect(await say(ada, 'no')).toEqual({ response: 'no', counts: { yes: 0, no: 1, maybe: 1 } });
    expect((await eve?.(rsvp))?.json).toEqual({ response: '', counts: { yes: 0, no: 1, maybe: 1 } });
    expect(await say(eve, 'perhaps')).toBe('response must be one of yes, no, maybe');
    const inXml = await ada?.(rsvp, { method: 'PUT', headers: XML, body: '<r><response>yes</response></r>' });
    expect(asStrings(inXml?.text ?? '')).toEqual({
      response: 'yes',
      counts: { yes: '1', no: '0', maybe: '1' },
    });
  });

  it('holds one answer for each member, whoever answers at once', async () => {
    const section = await givenRealm(app, tenant);
    const { id, client } = await givenPerson();
    await givenMembership(app, tenant, section, id);
    const created = await key(`/sections/${section}/events`, {
      body: { title: 'x', start: '2030-01-01 10:00:00', rsvp: 1 },
    });
    const rsvp = `/sections/${section}/events/${String(created.json.id)}/rsvp`;
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client(rsvp, { method: 'PUT', body: { response: index % 2 === 0 ? 'yes' : 'no' } }),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const { counts } = (await client(rsvp)).json as { counts: { yes: number; no: number } };
    expect(counts.yes + counts.no).toBe(1);
  });
});

describe('comments', () => {
  it('are written, listed page by page and taken back by who wrote them or administers', async () => {
    const section = await givenRealm(app, tenant);
    const [ada, bob, boss] = [await givenPerson(), await givenPerson(), await givenPerson()];
    for (const { id } of [ada, bob]) await givenMembership(app, tenant, section, id);
    await givenMembership(app, tenant, section, boss.id, true);
    const created = await key(`/sections/${section}/events`, {
      body: { title: 'x', start: '2030-01-01 10:00:00' },
    });
    const comments = `/sections/${section}/events/${String(created.json.id)}/comments`;

    const first = await ada.client(comments, { body: { comment: 'See you!' } });
    expect(first.status).toBe(201);
    expect(first.json).toEqual({
      id: expect.any(Number),
      uid: ada.id,
      comment: 'See you!',
      created: expect.any(Number),
    });
    expect(Math.abs(first.json.created - Date.now() / 1000)).toBeLessThan(10);
    const second = await bob.client(comments, {
      headers: XML,
      body: '<c><comment>Me &amp; you</comment></c>',
    });
    expect(asStrings(second.text)).toMatchObject({ uid: String(bob.id), comment: 'Me & you' });

    const list = await ada.client(`${comments}?limit=1`);
    expect(list.json).toMatchObject({ comment: [first.json], total: 2, links: { next: expect.any(String) } });
    const remove = async (client: RealmsClient, id: unknown): Promise<number> =>
      (await client(`${comments}/${String(id)}`, { method: 'DELETE' })).status;
    expect(await remove(bob.client, first.json.id)).toBe(403);
    expect(await remove(ada.client, first.json.id)).toBe(204);
    expect(await remove(ada.client, first.json.id)).toBe(404);
    const { id } = asStrings(second.text) as { id: string };
    expect(await remove(boss.client, id)).toBe(204);
    expect((await ada.client(comments)).json).toMatchObject({ comment: [], total: 0 });
    expect((await ada.client(comments, { body: { comment: '' } })).status).toBe(400);
    expect((await ada.client(`/sections/${section}/events/999999/comments`)).status).toBe(404);
  });
});

describe('multiget', () => {
  it('answers each path with its status and body, in order, for the caller, as one request', async () => {
    const section = await givenRealm(app, tenant);
    const { id, client } = await givenPerson();
    await givenMembership(app, tenant, section, id);
    const created = await key(`/sections/${section}/events`, {
      body: { title: 'x', start: '2030-01-01 10:00:00' },
    });
    const item = `/v1/sections/${section}/events/${String(created.json.id)}`;
    const paths = [
      item,
      `/v1/sections/${section}/events?limit=1`,
      `/v1/sections/${await givenRealm(app, tenant)}/events`,
      '/v1/sections/999999/events',
      '/v1/nothing',
      `/v1/sections/${section}/events?limit=x`,
      '/v1/users/me/upcoming',
      '/v1/oauth/request_token',
      '/v1/multiget',
    ];
    const answer = await client('/multiget', { body: { request: paths } });
    expect(answer.status).toBe(200);
    const { response } = answer.json as {
      response: { location: string; response_code: number; body: unknown }[];
    };
    expect(response.map(({ location }) => location)).toEqual(paths);
    expect(response.map(({ response_code }) => response_code)).toEqual([
      200, 200, 403, 404, 404, 400, 200, 401, 405,
    ]);
    expect(response[0]?.body).toEqual((await client(item.slice(3))).json);
    expect(response[1]?.body).toMatchObject({ total: 1 });
    expect(response[2]?.body).toBe('');

    const inXml = await client('/multiget', {
      headers: XML,
      body: `<requests><request>${item}</request></requests>`,
    });
    expect(asStrings(inXml.text)).toMatchObject({
      response: { location: item, response_code: '200', body: { title: 'x' } },
    });
  });

  it('costs one nonce, whatever it asks for, and its reads share statements', async () => {
    const spent = async (): Promise<number> => {
      const { rows } = await app.open.pool.query<{ n: number }>(
        'SELECT count(*)::integer AS n FROM tenancy.oauth_nonces',
      );
      return rows[0]?.n ?? 0;
    };
    const [nonces, statements] = [await spent(), app.open.database.statementCount];
    const request = Array<string>(50).fill(`/v1/users/${tenant.member.id}/events`);
    const answer = await key('/multiget', { body: { request } });
    expect(answer.json.response).toHaveLength(50);
    expect(app.open.database.statementCount - statements).toBeLessThan(50);
    expect((await spent()) - nonces).toBe(1);
  });

  it.each([
    [[]],
    [Array(51).fill('/v1/users/me/events')],
    ['/admin/v1/organizations'],
    ['https://example.org/v1/x'],
    ['/v1/a b'],
    [7],
    [{}],
    [undefined],
  ])('refuses %.50j', async (request) => {
    const answer = await key('/multiget', { body: { request } });
    expect([answer.status, answer.json]).toEqual([
      400,
      expect.stringMatching(/^request (?:must be a list|is required)/),
    ]);
  });
});
