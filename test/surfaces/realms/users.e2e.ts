import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
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

let app: TestApp;
let tenant: Tenant;
let key: RealmsClient;
let school: number;
let section: number;
const people = {} as Record<'ada' | 'grace' | 'stranger' | 'admin', number>;
const clients = {} as Record<keyof typeof people, RealmsClient>;

beforeAll(async () => {
  app = await bootApp();
  tenant = await givenTenant(app);
  key = realmsClient(app, await givenConsumer(app, tenant));
  school = await givenRealm(app, tenant, 'school', 'UTC', null, 'School');
  const course = await givenRealm(app, tenant, 'course', 'UTC', school, 'Biology');
  section = await givenRealm(app, tenant, 'section', 'UTC', course, '9b');
  for (const name of ['ada', 'grace', 'stranger', 'admin'] as const) {
    people[name] = await givenMember(app, tenant, `${name}@school.example.org`, name === 'admin');
    clients[name] = await givenMemberClient(app, tenant, people[name]);
  }
  for (const name of ['ada', 'grace'] as const) await givenMembership(app, tenant, section, people[name]);
  await app.open.pool.query(
    `UPDATE tenancy.members SET name = 'Ada King Lovelace', time_zone = 'Asia/Kolkata' WHERE id = $1`,
    [people.ada],
  );
});
afterAll(() => app.close());

const SECONDS_OF_A_DAY = 86_400;
const now = (): number => Math.floor(Date.now() / 1000);

describe('a client that asks who it is', () => {
  it('is told the user and since when its key exists', async () => {
    const { status, json } = await clients.ada('/app-user-info');
    expect([status, Object.keys(json as object)]).toEqual([200, ['api_uid', 'web_session_timestamp']]);
    expect(json).toMatchObject({ api_uid: people.ada });
    const { web_session_timestamp: since } = json as { web_session_timestamp: number };
    expect(since).toBeGreaterThan(now() - SECONDS_OF_A_DAY);
    expect(since).toBeLessThanOrEqual(now());
  });

  it('is never told a time to come', async () => {
    const consumer = await givenConsumer(app, tenant, people.ada);
    await app.open.pool.query(
      `UPDATE tenancy.credentials SET created_at = now() + interval '1 day' WHERE lookup = $1`,
      [consumer.consumerKey],
    );
    const { json } = await realmsClient(app, consumer)('/app-user-info');
    expect((json as { web_session_timestamp: number }).web_session_timestamp).toBeLessThanOrEqual(now());
  });

  it('is told in XML as well, and inside a multiget', async () => {
    const inXml = await clients.ada('/app-user-info', { headers: { accept: XML.accept } });
    expect(inXml.text).toMatch(
      new RegExp(
        `<result><api_uid>${people.ada}</api_uid><web_session_timestamp>\\d+</web_session_timestamp></result>`,
      ),
    );
    const { json } = await clients.ada('/multiget', { body: { request: ['/v1/app-user-info'] } });
    expect(json.response[0]).toMatchObject({ response_code: 200, body: { api_uid: people.ada } });
  });

  it('gets an empty 404 as a key that is nobody, and the user as whom an administrator acts', async () => {
    for (const path of ['/app-user-info', '/users/me']) {
      const { status, text } = await key(path);
      expect([path, status, text]).toEqual([path, 404, '']);
    }
    const headers = { 'x-schoology-run-as': String(people.grace) };
    expect((await key('/app-user-info', { headers })).json).toMatchObject({ api_uid: people.grace });
    expect((await key('/users/me', { headers })).json).toMatchObject({ id: people.grace });
  });

  it('is given its user at once, without a redirect that it would have to sign', async () => {
    const { status, json, headers } = await clients.ada('/users/me');
    expect([status, headers.get('content-location')]).toEqual([200, `/v1/users/${people.ada}`]);
    expect(json).toEqual((await clients.ada(`/users/${people.ada}`)).json);
  });
});

describe('a user', () => {
  it('is shown with the keys of the product', async () => {
    expect((await clients.ada('/users/me')).json).toEqual({
      id: people.ada,
      uid: people.ada,
      school_id: school,
      school_uid: '',
      name_title: '',
      name_title_show: 0,
      name_first: 'Ada King',
      name_middle: '',
      name_last: 'Lovelace',
      name_display: 'Ada King Lovelace',
      username: 'ada@school.example.org',
      primary_email: 'ada@school.example.org',
      picture_url: '',
      gender: null,
      position: null,
      grad_year: '',
      role_id: 2,
      tz_name: 'Asia/Kolkata',
      tz_offset: 5,
      permissions: { is_directory_public: 1 },
      links: { self: `https://quintet.test/v1/users/${people.ada}` },
    });
  });

  it('without name, zone and school has the address, the zone of the organization and 0', async () => {
    expect((await clients.admin('/users/me')).json).toMatchObject({
      school_id: 0,
      name_first: 'admin',
      name_last: '',
      role_id: 1,
      tz_name: 'UTC',
      tz_offset: 0,
    });
  });

  it.each([
    ['themselves', 'ada', 'ada', 200],
    ['who shares a realm', 'ada', 'grace', 200],
    ['who shares none', 'ada', 'stranger', 403],
    ['who is an administrator elsewhere', 'stranger', 'ada', 403],
    ['of all', 'admin', 'stranger', 200],
  ] as const)('is shown to those %s', async (_, who, whom, status) => {
    const answer = await clients[who](`/users/${people[whom]}`);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toBe('');
  });

  it('of another organization does not exist', async () => {
    const elsewhere = await givenTenant(app);
    const stranger = realmsClient(app, await givenConsumer(app, elsewhere));
    for (const path of [`/users/${people.ada}`, '/users/2147483648', '/users/x']) {
      const { status, text } = await stranger(path);
      expect([path, status, text]).toEqual([path, 404, '']);
    }
  });

  it('is read only', async () => {
    for (const [path, method] of [
      ['/users', 'POST'],
      ['/users/me', 'PUT'],
      ['/users/me', 'DELETE'],
    ] as const) {
      expect([path, (await key(path, { method, body: {} })).status]).toEqual([path, 405]);
    }
  });
});

describe('the list of users', () => {
  const ids = (answer: { json: { user: { id: number }[] } }): number[] =>
    answer.json.user.map(({ id }) => id);

  it('holds everybody for administrators', async () => {
    const everybody = [tenant.member.id, ...Object.values(people)].sort((a, b) => a - b);
    for (const client of [key, clients.admin]) {
      const answer = await client('/users');
      expect([ids(answer), answer.json.total]).toEqual([everybody, everybody.length]);
    }
  });

  it('holds themselves and who shares a realm with them for others', async () => {
    expect(ids(await clients.ada('/users'))).toEqual([people.ada, people.grace]);
    expect(ids(await clients.stranger('/users'))).toEqual([people.stranger]);
  });

  it('comes page by page', async () => {
    const first = (await clients.ada('/users?limit=1')).json;
    expect(first).toMatchObject({
      user: [{ id: people.ada }],
      total: 2,
      links: {
        self: 'https://quintet.test/v1/users?start=0&limit=1',
        next: 'https://quintet.test/v1/users?start=1&limit=1',
      },
    });
    expect((await clients.ada('/users?start=5')).json).toMatchObject({ user: [], total: 2 });
    expect((await clients.ada('/users?limit=x')).status).toBe(400);
  });

  it('is written in XML with a row for each', async () => {
    const { text } = await clients.ada('/users', { headers: { accept: 'text/xml' } });
    expect(text).toMatch(/<result><user><id>\d+<\/id>.*<\/user><user>.*<\/user><total>2<\/total><links>/s);
    expect(text).toContain('<gender /><position /><grad_year />');
  });

  it('needs a signature', async () => {
    expect((await call(`${app.url}/v1/users`)).status).toBe(401);
  });
});
