import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import {
  anOnlineEvent,
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../../support/companies.js';
import type { Answer } from '../../support/http.js';

let app: TestApp;
let client: CompaniesClient;
let event: string;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app);
});
beforeEach(async () => {
  event = (await created(client, anOnlineEvent({ name: 'Hosted' }))).id;
});
afterAll(() => app.close());

interface Cohost {
  readonly id: string;
  readonly name: string;
  readonly privacy_policy: string | null;
  readonly position: number;
}

const cohostsOf = (answer: Answer): Cohost[] => {
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.json.data.cohosts as Cohost[];
};
const listCohosts = async (): Promise<Cohost[]> => cohostsOf(await client(`/events/${event}`));
const add = (body: unknown): Promise<Answer> => client(`/events/${event}/cohosts`, { body });
const change = (id: string, body: unknown): Promise<Answer> =>
  client(`/events/${event}/cohosts/${id}`, { method: 'PATCH', body });
const remove = (id: string): Promise<Answer> =>
  client(`/events/${event}/cohosts/${id}`, { method: 'DELETE' });
const names = (cohosts: readonly Cohost[]): string => cohosts.map(({ name }) => name).join('');

function expectNoGaps(cohosts: readonly Cohost[]): void {
  expect(cohosts.map(({ position }) => position)).toEqual(cohosts.map((_, index) => index + 1));
}

async function givenCohosts(letters: string): Promise<Record<string, string>> {
  for (const name of letters) await add({ name });
  return Object.fromEntries((await listCohosts()).map(({ name, id }) => [name, id]));
}

describe('cohosts', () => {
  it('come last without a position', async () => {
    await givenCohosts('abc');
    expect(names(cohostsOf(await add({ name: 'd', position: null })))).toBe('abcd');
    expectNoGaps(await listCohosts());
  });

  it.each([
    [1, 'xabc'],
    [2, 'axbc'],
    [4, 'abcx'],
    [99, 'abcx'],
  ])('put at position %s shift those from there on: %s', async (position, order) => {
    await givenCohosts('abc');
    const cohosts = cohostsOf(await add({ name: 'x', position }));
    expect(names(cohosts)).toBe(order);
    expectNoGaps(cohosts);
    expect(await listCohosts()).toEqual(cohosts);
  });

  it.each([
    ['d', 1, 'dabc'],
    ['a', 3, 'bcad'],
    ['b', 2, 'abcd'],
    ['a', 99, 'bcda'],
    ['a', null, 'bcda'],
  ])('move: %s to %s makes %s', async (name, position, order) => {
    const ids = await givenCohosts('abcd');
    const cohosts = cohostsOf(await change(ids[name] ?? '', { position }));
    expect(names(cohosts)).toBe(order);
    expectNoGaps(cohosts);
  });

  it('keep what a change does not give', async () => {
    const [cohost] = cohostsOf(await add({ name: 'a', privacy_policy: 'https://a.example/p' }));
    const id = cohost?.id ?? '';
    expect(cohostsOf(await change(id, { name: 'b' }))).toEqual([{ ...cohost, name: 'b' }]);
    expect(cohostsOf(await change(id, { privacy_policy: null }))).toEqual([
      { ...cohost, name: 'b', privacy_policy: null },
    ]);
    expect(cohostsOf(await change(id, {}))[0]?.name).toBe('b');
  });

  it('close the gap that one leaves', async () => {
    const ids = await givenCohosts('abcd');
    const cohosts = cohostsOf(await remove(ids.b ?? ''));
    expect(names(cohosts)).toBe('acd');
    expectNoGaps(cohosts);
    expect((await remove(ids.b ?? '')).status).toBe(404);
  });

  it('are shown in the list of events as well', async () => {
    await givenCohosts('ab');
    const { data } = (await client(`/events?q=Hosted`)).json as { data: { id: string; cohosts: Cohost[] }[] };
    expect(names(data.find(({ id }) => id === event)?.cohosts ?? [])).toBe('ab');
  });
});

describe('at the same time', () => {
  it('20 inserts at position 1 stand at 1 to 20, each once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => add({ name: `n${n}`, position: 1 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    const cohosts = await listCohosts();
    expect(new Set(cohosts.map(({ name }) => name)).size).toBe(20);
    expectNoGaps(cohosts);
  });

  it('moves, inserts and deletions leave neither gaps nor doubles', async () => {
    const ids = Object.values(await givenCohosts('abcdefgh'));
    const answers = await Promise.all([
      ...ids.slice(0, 4).map((id, n) => change(id, { position: 8 - n })),
      ...ids.slice(4, 6).map((id) => remove(id)),
      ...ids.slice(6).map((id) => change(id, { position: 1 })),
      ...'xyz'.split('').map((name, n) => add({ name, position: n + 1 })),
    ]);
    for (const answer of answers) expectNoGaps(cohostsOf(answer));
    const cohosts = await listCohosts();
    expectNoGaps(cohosts);
    expect([...names(cohosts)].sort().join('')).toBe('abcdghxyz');
  });
});

describe('a cohost', () => {
  it.each<[string, unknown, string[]]>([
    ['no name', {}, ['name']],
    ['an empty name', { name: '' }, ['name']],
    ['a name of 256 characters', { name: 'n'.repeat(256) }, ['name']],
    ['position 0', { name: 'x', position: 0 }, ['position']],
    ['half a position', { name: 'x', position: 1.5 }, ['position']],
    ['a position as text', { name: 'x', position: '1' }, ['position']],
    ['an endless position', { name: 'x', position: 1e12 }, ['position']],
    ['a policy that is no address', { name: 'x', privacy_policy: 'nope' }, ['privacy_policy']],
    ['a policy that runs', { name: 'x', privacy_policy: 'javascript:alert(1)' }, ['privacy_policy']],
    [
      'a policy of 513 characters',
      { name: 'x', privacy_policy: `https://x.example/${'p'.repeat(495)}` },
      ['privacy_policy'],
    ],
    [
      'everything wrong',
      { name: 7, position: -1, privacy_policy: 7 },
      ['name', 'position', 'privacy_policy'],
    ],
  ])('with %s is refused by 422', async (_, body, fields) => {
    const answer = await add(body);
    expect([answer.status, Object.keys(answer.json.errors as object).sort()]).toEqual([422, fields.sort()]);
    expect(await listCohosts()).toEqual([]);
  });

  it('with a policy of 512 characters is kept', async () => {
    const privacy_policy = `https://x.example/${'p'.repeat(494)}`;
    expect(privacy_policy).toHaveLength(512);
    expect(cohostsOf(await add({ name: 'x', privacy_policy }))[0]?.privacy_policy).toBe(privacy_policy);
  });

  it('of another event, or no id at all, is 404, also with a faulty body', async () => {
    const ids = await givenCohosts('a');
    event = (await created(client, anOnlineEvent({ name: 'Another' }))).id;
    for (const id of [ids.a ?? '', 'unknown', '1', '%00']) {
      expect((await change(id, { name: 'x' })).status).toBe(404);
      expect((await change(id, { name: 7 })).status).toBe(404);
      expect((await remove(id)).status).toBe(404);
    }
  });
});
