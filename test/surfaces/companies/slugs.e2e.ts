import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import {
  anOfflineEvent,
  anOnlineEvent,
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';
import type { Answer } from '../../support/http.js';

let app: TestApp;
let client: CompaniesClient;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app);
});
afterAll(() => app.close());

const idOf = async (name: string): Promise<string> => (await created(client, anOnlineEvent({ name }))).id;
const change = (id: string, body: unknown): Promise<Answer> =>
  client(`/events/${id}`, { method: 'PATCH', body });

describe('the id of a new event', () => {
  it.each([
    ['AI Demo Days · HR Edition', 'ai-demo-days-hr-edition'],
    ['Čeština na léto', 'cestina-na-leto'],
    ['Привет, мир!', 'privet-mir'],
    ['你好 世界', 'ni-hao-shi-jie'],
    ['مرحبا بالعالم', 'mrhb-blaalm'],
    ['🎉🎉', 'event'],
    ['🚀', 'event-2'],
    ['—', 'event-3'],
    ['Create', 'create-2'],
    ['create!', 'create-3'],
  ])('for %j is %s', async (name, id) => {
    expect(await idOf(name)).toBe(id);
    expect((await client(`/events/${id}`)).json.data.name).toBe(name);
  });

  it('is cut where a name is longer in Latin letters; a name of 300 characters is refused', async () => {
    const id = await idOf('世'.repeat(255));
    expect(id).toMatch(/^(?:shi-)+shi$/);
    expect(id.length).toBeLessThanOrEqual(240);
    expect((await client(`/events/${id}`)).status).toBe(200);
    const long = await client('/events/create', { body: anOnlineEvent({ name: 'n'.repeat(300) }) });
    expect([long.status, Object.keys(long.json.errors as object)]).toEqual([422, ['name']]);
  });

  it('is the next free number when the name is taken, and no gap is left', async () => {
    expect([await idOf('Meet-up'), await idOf('meet up'), await idOf('MEET UP')]).toEqual([
      'meet-up',
      'meet-up-2',
      'meet-up-3',
    ]);
    await change('meet-up-2', { slug: 'moved' });
    expect(await idOf('Meet up')).toBe('meet-up-2');
    expect(await idOf('Meet up 5')).toBe('meet-up-5');
    expect([await idOf('Meet up'), await idOf('Meet up')]).toEqual(['meet-up-4', 'meet-up-6']);
  });

  it('is unique in its company only', async () => {
    await idOf('Everywhere');
    const other = await givenCompaniesClient(app);
    expect((await created(other, anOnlineEvent({ name: 'Everywhere' }))).id).toBe('everywhere');
  });

  it('is another one for each of 40 events of one name that are created at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => client('/events/create', { body: anOfflineEvent({ name: 'Rush' }) })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(40).fill(201));
    const ids = answers.map(({ json }) => String(json.data.id));
    const expected = ['rush', ...Array.from({ length: 39 }, (_, index) => `rush-${index + 2}`)];
    expect([...ids].sort()).toEqual(expected.sort());
  });
});

describe('a change of the slug', () => {
  it('moves the event: under the old one it is not found any more', async () => {
    const id = await idOf('Movable');
    expect((await change(id, { slug: 'moved-here' })).json.data.id).toBe('moved-here');
    expect((await client(`/events/${id}`)).status).toBe(404);
    expect((await change(id, { name: 'x' })).status).toBe(404);
    expect((await client('/events/moved-here')).status).toBe(200);
  });

  it('is not made by a change of the name', async () => {
    const id = await idOf('Stable');
    expect((await change(id, { name: 'Another name' })).json.data).toMatchObject({
      id,
      name: 'Another name',
    });
  });

  it('to one that is taken is refused by 422, also at the same time', async () => {
    const [first, second, third] = [await idOf('First'), await idOf('Second'), await idOf('Third')];
    const taken = await change(second, { slug: first });
    expect([taken.status, taken.json]).toEqual([
      422,
      { message: expect.stringContaining('slug'), errors: { slug: [expect.any(String)] } },
    ]);
    expect((await change(first, { slug: first })).status).toBe(200);
    const racing = await Promise.all([change(second, { slug: 'prize' }), change(third, { slug: 'prize' })]);
    expect(racing.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it.each([
    'create',
    'Upper',
    'two--hyphens',
    '-a',
    'a-',
    'a b',
    'é',
    'a_b',
    'a/b',
    '',
    'x'.repeat(256),
    7,
    'a\0',
  ])('to %j is refused by 422', async (slug) => {
    const answer = await change(await idOf('Kept'), { slug });
    expect([answer.status, Object.keys(answer.json.errors as object)]).toEqual([422, ['slug']]);
  });
});

describe('an event that is not there', () => {
  it.each(['create', 'nothing', 'Upper', '%00', 'x'.repeat(400), 'a%2Fb', '%F0%9F%8E%89'])(
    '%s is 404',
    async (id) => {
      const answer = await client(`/events/${id}`);
      expect([answer.status, answer.json]).toEqual([404, { message: expect.any(String) }]);
    },
  );

  it('is 404 on every call that names one, also with a faulty body', async () => {
    for (const [path, method, body] of [
      ['/events/nothing', 'PATCH', { name: 7 }],
      ['/events/nothing', 'PATCH', '{'],
      ['/events/nothing/cohosts', 'POST', {}],
      ['/events/nothing/cohosts/x', 'PATCH', { position: 0 }],
      ['/events/nothing/cohosts/x', 'DELETE', undefined],
      ['/event/nothing/page', 'GET', undefined],
      ['/event/nothing/page', 'POST', { tagline: 7 }],
    ] as const) {
      const answer = await client(path, { method, body });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});
