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

const URL = 'https://quintet.test/v1';

let app: TestApp;
let tenant: Tenant;
let key: RealmsClient;
const ids = {} as Record<'district' | 'school' | 'course' | 'section' | 'sibling' | 'group' | 'lone', number>;
const people = {} as Record<'pupil' | 'teacher' | 'stranger', number>;
const clients = {} as Record<keyof typeof people, RealmsClient>;

beforeAll(async () => {
  app = await bootApp();
  tenant = await givenTenant(app);
  key = realmsClient(app, await givenConsumer(app, tenant));
  ids.district = await givenRealm(app, tenant, 'district', 'UTC', null, 'North');
  ids.school = await givenRealm(app, tenant, 'school', 'UTC', ids.district, 'Lovelace School');
  ids.course = await givenRealm(app, tenant, 'course', 'UTC', ids.school, 'Biology');
  ids.section = await givenRealm(app, tenant, 'section', 'UTC', ids.course, '9b');
  ids.sibling = await givenRealm(app, tenant, 'section', 'UTC', ids.course, '9c');
  ids.group = await givenRealm(app, tenant, 'group', 'UTC', ids.section, 'Frogs');
  ids.lone = await givenRealm(app, tenant, 'section', 'UTC', null, 'Lone');
  for (const name of ['pupil', 'teacher', 'stranger'] as const) {
    people[name] = await givenMember(app, tenant, `${name}@example.org`);
    clients[name] = await givenMemberClient(app, tenant, people[name]);
  }
  await givenMembership(app, tenant, ids.section, people.pupil);
  await givenMembership(app, tenant, ids.section, people.teacher, true);
  await givenMembership(app, tenant, ids.group, people.teacher);
});
afterAll(() => app.close());

type Row = Record<string, unknown> & { readonly id: number };
const rowsOf = ({ json }: { json: Record<string, Row[]> }, key: string): number[] =>
  (json[key] ?? []).map(({ id }) => id);
const refusal = async (client: RealmsClient, path: string): Promise<unknown[]> => {
  const { status, text } = await client(path);
  return [status, text];
};

const SCHOOL_TEXTS = {
  address1: '',
  city: '',
  state: '',
  postal_code: '',
  country: '',
  website: '',
  phone: '',
  picture_url: '',
};

describe('a realm', () => {
  it.each<[string, () => [string, Row]]>([
    [
      'district',
      () => [
        `/districts/${ids.district}`,
        {
          id: ids.district,
          title: 'North',
          ...SCHOOL_TEXTS,
          links: { self: `${URL}/districts/${ids.district}` },
        },
      ],
    ],
    [
      'school',
      () => [
        `/schools/${ids.school}`,
        {
          id: ids.school,
          title: 'Lovelace School',
          ...SCHOOL_TEXTS,
          links: { self: `${URL}/schools/${ids.school}` },
        },
      ],
    ],
    [
      'course',
      () => [
        `/courses/${ids.course}`,
        {
          id: ids.course,
          title: 'Biology',
          course_code: '',
          department: '',
          description: '',
          school_id: ids.school,
          links: { self: `${URL}/courses/${ids.course}` },
        },
      ],
    ],
    [
      'section',
      () => [
        `/sections/${ids.section}`,
        {
          id: ids.section,
          course_title: 'Biology',
          course_code: '',
          course_id: ids.course,
          school_id: ids.school,
          section_title: '9b',
          section_code: '',
          active: 1,
          description: '',
          admin: 1,
          links: { self: `${URL}/sections/${ids.section}` },
        },
      ],
    ],
    [
      'group',
      () => [
        `/groups/${ids.group}`,
        {
          id: ids.group,
          title: 'Frogs',
          description: '',
          group_code: '',
          privacy_level: 'school',
          picture_url: '',
          school_id: ids.school,
          admin: 0,
          links: { self: `${URL}/groups/${ids.group}` },
        },
      ],
    ],
  ])('that is a %s is shown with the keys of the product', async (_, expected) => {
    const [path, row] = expected();
    const { status, json } = await clients.teacher(path);
    expect([status, json]).toEqual([200, row]);
  });

  it('that is a section without a course has its own name as the name of the course', async () => {
    expect((await key(`/sections/${ids.lone}`)).json).toMatchObject({
      course_title: 'Lone',
      section_title: 'Lone',
      course_id: 0,
      school_id: 0,
      admin: 0,
    });
  });

  it('is shown to members, also of a realm below, and to nobody else', async () => {
    for (const path of [
      `/districts/${ids.district}`,
      `/schools/${ids.school}`,
      `/courses/${ids.course}`,
      `/sections/${ids.section}`,
    ])
      expect([path, (await clients.pupil(path)).status]).toEqual([path, 200]);
    for (const path of [`/sections/${ids.sibling}`, `/groups/${ids.group}`])
      expect(await refusal(clients.pupil, path)).toEqual([403, '']);
    expect(await refusal(clients.stranger, `/schools/${ids.school}`)).toEqual([403, '']);
  });

  it('of another kind, another organization or with an impossible id does not exist', async () => {
    const elsewhere = await givenTenant(app);
    const other = realmsClient(app, await givenConsumer(app, elsewhere));
    expect(await refusal(other, `/schools/${ids.school}`)).toEqual([404, '']);
    for (const path of [`/schools/${ids.course}`, '/groups/2147483648', '/groups/me'])
      expect([path, ...(await refusal(key, path))]).toEqual([path, 404, '']);
  });

  it('is written in XML and found by a multiget', async () => {
    const path = `/courses/${ids.course}`;
    const { text } = await key(path, { headers: { accept: XML.accept } });
    expect(text).toContain(
      `<result><id>${ids.course}</id><title>Biology</title><course_code /><department /><description />` +
        `<school_id>${ids.school}</school_id><links><self>${URL}${path}</self></links></result>`,
    );
    const { json } = await key('/multiget', { body: { request: [`/v1${path}`, '/v1/courses'] } });
    expect(json.response).toMatchObject([
      { response_code: 200, body: { title: 'Biology' } },
      { response_code: 200, body: { total: 1 } },
    ]);
  });

  it('is written in the admin API alone', async () => {
    for (const [path, method] of [
      ['/schools', 'POST'],
      [`/sections/${ids.section}`, 'PUT'],
      [`/groups/${ids.group}`, 'DELETE'],
      [`/sections/${ids.section}/enrollments`, 'POST'],
      [`/courses/${ids.course}/sections`, 'POST'],
    ] as const)
      expect([path, (await key(path, { method, body: {} })).status]).toEqual([path, 405]);
  });
});

describe('a list of realms', () => {
  it.each(['district', 'school', 'course', 'group'] as const)(
    'shows each %s that the caller may see',
    async (kind) => {
      const path = `/${kind}s`;
      expect(rowsOf(await key(path), kind)).toEqual([ids[kind]]);
      expect(rowsOf(await clients.pupil(path), kind)).toEqual(kind === 'group' ? [] : [ids[kind]]);
      expect((await clients.stranger(path)).json).toEqual({
        [kind]: [],
        total: 0,
        links: { self: `${URL}${path}?start=0&limit=20` },
      });
    },
  );

  it('of sections exists for a course, not for all', async () => {
    expect(await refusal(key, '/sections')).toEqual([404, '']);
    const path = `/courses/${ids.course}/sections`;
    expect(rowsOf(await key(path), 'section')).toEqual([ids.section, ids.sibling]);
    expect(rowsOf(await clients.pupil(path), 'section')).toEqual([ids.section]);
    expect(await refusal(clients.stranger, path)).toEqual([403, '']);
    expect(await refusal(key, `/courses/${ids.school}/sections`)).toEqual([404, '']);
  });

  it('comes page by page', async () => {
    const path = `/courses/${ids.course}/sections`;
    expect((await key(`${path}?start=1&limit=1`)).json).toMatchObject({
      section: [{ id: ids.sibling }],
      total: 2,
      links: {
        self: `${URL}${path}?start=1&limit=1`,
        prev: `${URL}${path}?start=0&limit=1`,
      },
    });
    expect((await key(`${path}?start=7`)).json).toMatchObject({ section: [], total: 2 });
  });

  it('in XML repeats the row', async () => {
    const { text } = await key(`/courses/${ids.course}/sections`, { headers: { accept: XML.accept } });
    expect(text).toMatch(
      /<result><section><id>\d+<\/id>.*<\/section><section>.*<\/section><total>2<\/total><links>/,
    );
  });
});

describe('the realms of a user', () => {
  it('are those with a membership, and whether the user administers each', async () => {
    const { json } = await clients.teacher('/users/me/sections');
    expect(json).toMatchObject({
      section: [{ id: ids.section, admin: 1 }],
      total: 1,
      links: { self: `${URL}/users/${people.teacher}/sections?start=0&limit=20` },
    });
    expect((await clients.teacher('/users/me/groups')).json.group).toMatchObject([
      { id: ids.group, admin: 0 },
    ]);
    expect((await clients.pupil('/users/me/sections')).json.section).toMatchObject([{ admin: 0 }]);
    expect((await key(`/users/${people.teacher}/sections`)).json.section).toMatchObject([{ admin: 1 }]);
  });

  it('include the courses of the sections', async () => {
    expect((await clients.pupil('/users/me/courses')).json.course).toMatchObject([
      { id: ids.course, title: 'Biology', admin: 0 },
    ]);
    const id = await givenMember(app, tenant, 'course-head@example.org');
    await givenMembership(app, tenant, ids.course, id, true);
    const head = await givenMemberClient(app, tenant, id);
    expect((await head('/users/me/courses')).json.course).toMatchObject([{ id: ids.course, admin: 1 }]);
    expect((await head('/users/me/sections')).json.section).toEqual([]);
  });

  it('are shown to that user and to administrators', async () => {
    for (const kind of ['sections', 'groups', 'courses']) {
      expect(await refusal(clients.teacher, `/users/${people.pupil}/${kind}`)).toEqual([403, '']);
      expect(await refusal(key, `/users/me/${kind}`)).toEqual([404, '']);
      expect(await refusal(key, `/users/999999999/${kind}`)).toEqual([404, '']);
    }
  });
});

describe('enrollments', () => {
  it('show the members of a realm to its members and to administrators', async () => {
    const path = `/sections/${ids.section}/enrollments`;
    const expected = {
      enrollment: [
        {
          id: people.pupil,
          uid: people.pupil,
          name_first: 'pupil',
          name_last: '',
          name_display: 'pupil',
          admin: 0,
          status: '1',
          links: { self: `${URL}${path}/${people.pupil}` },
        },
        expect.objectContaining({ id: people.teacher, admin: 1 }),
      ],
      total: 2,
      links: { self: `${URL}${path}?start=0&limit=20` },
    };
    for (const client of [key, clients.pupil]) expect((await client(path)).json).toEqual(expected);
    expect((await clients.pupil(`${path}/${people.teacher}`)).json).toMatchObject({
      uid: people.teacher,
      admin: 1,
    });
    expect(await refusal(key, `${path}/${people.stranger}`)).toEqual([404, '']);
    expect(await refusal(clients.stranger, path)).toEqual([403, '']);
    expect(await refusal(clients.stranger, `${path}/${people.stranger}`)).toEqual([403, '']);
  });

  it('are not shown to members of a realm below', async () => {
    expect(await refusal(clients.pupil, `/courses/${ids.course}/enrollments`)).toEqual([403, '']);
  });

  it('exist in sections, groups and courses alone', async () => {
    expect((await key(`/groups/${ids.group}/enrollments`)).json.total).toBe(1);
    expect((await key(`/courses/${ids.course}/enrollments`)).status).toBe(200);
    for (const path of [`/schools/${ids.school}/enrollments`, `/users/${people.pupil}/enrollments`])
      expect([path, ...(await refusal(key, path))]).toEqual([path, 404, '']);
  });

  it('are written in XML', async () => {
    const { text } = await key(`/groups/${ids.group}/enrollments`, { headers: { accept: XML.accept } });
    expect(text).toMatch(/<result><enrollment><id>\d+<\/id>.*<\/enrollment><total>1<\/total>/);
  });
});

describe('a path', () => {
  it('below a known realm that is not there, or below a known first segment, gets an empty 404', async () => {
    for (const path of [
      `/sections/${ids.section}/assignments`,
      `/users/me/badges`,
      '/app-user-info/1/events',
      '/oauth/1/events',
    ])
      expect([path, ...(await refusal(key, path))]).toEqual([path, 404, '']);
    expect(await refusal(key, '/nothing/1/events')).toEqual([403, '']);
  });
});

describe('a read of people or realms', () => {
  it.each([
    '/app-user-info',
    '/users',
    '/users/me',
    '/users/me/sections',
    '/users/me/courses',
    '/schools',
    '/courses/COURSE',
    '/courses/COURSE/sections',
    '/sections/SECTION/enrollments',
    '/users/me/calendar',
    '/courses/COURSE/events',
  ])('costs one statement beside that of the nonce: %s', async (template) => {
    const path = template.replace('COURSE', String(ids.course)).replace('SECTION', String(ids.section));
    await clients.pupil(path);
    const before = app.open.database.statementCount;
    expect((await clients.pupil(path)).status).toBe(200);
    const expected = path === '/app-user-info' ? 1 : 2;
    expect(app.open.database.statementCount - before).toBe(expected);
  });
});
