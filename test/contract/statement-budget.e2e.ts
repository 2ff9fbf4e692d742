import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../support/app.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

async function statementsOf(request: () => Promise<{ status: number }>, status = 200): Promise<number> {
  const before = app.open.database.statementCount;
  expect((await request()).status).toBe(status);
  return app.open.database.statementCount - before;
}

/**
 * Caches the credential and leases part of the minute's rate limit. A process that got no processor for most of a
 * second does not trust its cache, so on a busy machine one request is not always enough.
 */
async function warmUp(who: TrainingClient): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++)
    if ((await statementsOf(() => who('/members'))) === 1) return;
}

describe('a request with a warm credential cache costs one statement', () => {
  it.each<[string, (id: string) => Promise<{ status: number }>]>([
    ['to list events', () => client('/events')],
    ['to list a page of events', () => client('/events?limit=20&status=ready')],
    ['to show an event', (id) => client(`/events/${id}`)],
    ['to create an event', () => client('/events', { body: anEvent(client) })],
    ['to change an event', (id) => client(`/events/${id}`, { method: 'PATCH', body: { name: 'x' } })],
    ['to delete an event', (id) => client(`/events/${id}`, { method: 'DELETE' })],
    ['to list classes', () => client('/classes')],
    ['to show a class', () => client(`/classes/${client.classId}`)],
    ['to create a class', () => client('/classes', { body: { name: 'x' } })],
    [
      'to change a class',
      () => client(`/classes/${client.classId}`, { method: 'PATCH', body: { name: 'x' } }),
    ],
    ['to list members', () => client('/members')],
  ])('%s', async (_, request) => {
    const { id } = (await client('/events', { body: anEvent(client) })).json as { id: string };
    await warmUp(client);
    expect(await statementsOf(() => request(id))).toBe(1);
  });
});

describe('a read around events costs one statement', () => {
  let course: string;
  let partner: string;
  let resource: string;
  let presentation: string;
  let subscription: string;
  let event: string;
  let empty: { readonly class: string; readonly course: string; readonly partner: string };

  beforeAll(async () => {
    const made = async (path: string, body: object): Promise<string> => {
      const { json } = await client(path, { body });
      return ((Array.isArray(json) ? json[0] : json) as { id: string }).id;
    };
    event = await made('/events', anEvent(client, { tas: ['t@example.com'] }));
    course = await made('/ondemand', { class_id: client.classId });
    await made(`/ondemand/${course}/enrollments`, { email: 'a@example.com' });
    partner = await made('/partners', { name: 'P' });
    await made(`/partners/${partner}/members`, { email: 'p@example.com' });
    resource = await made(`/classes/${client.classId}/resources`, { name: 'r' });
    subscription = await made('/subscriptions', { target: 'https://example.org', event: 'class.create' });
    const form = new FormData();
    form.set('presentation', new Blob(['x']), 'x.pdf');
    const uploaded = await fetch(`${app.url}/api/v1/classes/${client.classId}/presentations`, {
      method: 'POST',
      headers: { authorization: client.authorization },
      body: form,
    });
    presentation = ((await uploaded.json()) as { id: string }).id;
    empty = {
      class: await made('/classes', { name: 'Empty' }),
      course: await made('/ondemand', { class_id: client.classId }),
      partner: await made('/partners', { name: 'Empty' }),
    };
  });

  it.each<[string, () => string]>([
    ['of resources', () => `/classes/${client.classId}/resources`],
    ['of no resources', () => `/classes/${empty.class}/resources`],
    ['of a resource', () => `/classes/${client.classId}/resources/${resource}`],
    ['of presentations', () => `/classes/${client.classId}/presentations`],
    ['of no presentations', () => `/classes/${empty.class}/presentations`],
    ['of a presentation', () => `/classes/${client.classId}/presentations/${presentation}`],
    ['of its content', () => `/classes/${client.classId}/presentations/${presentation}/content`],
    ['of no notes', () => `/classes/${client.classId}/presentations/${presentation}/notes`],
    ['of workspaces', () => `/events/${event}/workspaces`],
    ['of a member', () => `/members/${client.tenant.member.trainingId}`],
    ['of partners', () => '/partners'],
    ['of a partner', () => `/partners/${partner}`],
    ['of people of a partner', () => `/partners/${partner}/members`],
    ['of no people of a partner', () => `/partners/${empty.partner}/members`],
    ['of courses', () => '/ondemand'],
    ['of a course', () => `/ondemand/${course}`],
    ['of enrollments', () => `/ondemand/${course}/enrollments?limit=1`],
    ['of no enrollments', () => `/ondemand/${empty.course}/enrollments`],
    ['of subscriptions', () => '/subscriptions'],
    ['of a subscription', () => `/subscriptions/${subscription}`],
  ])('%s', async (_, path) => {
    await warmUp(client);
    // On a busy machine the credential may be read again in between, see `warmUp`.
    const counts = [await statementsOf(() => client(path())), await statementsOf(() => client(path()))];
    expect(Math.min(...counts)).toBe(1);
  });

  it('when a partner’s people, enrollments, resources or presentations are of nobody', async () => {
    const unknown = 'AAAAAAAAAAAAAAAAA';
    for (const path of [
      `/partners/${unknown}/members`,
      `/ondemand/${unknown}/enrollments`,
      `/classes/${unknown}/resources`,
      `/classes/${unknown}/presentations`,
      `/classes/${client.classId}/resources/${unknown}`,
      `/classes/${client.classId}/presentations/${unknown}`,
    ]) {
      await warmUp(client);
      expect([path, await statementsOf(() => client(path), 404)]).toEqual([path, 1]);
    }
  });
});

describe('a refusal costs', () => {
  it('no statement when the body is faulty', async () => {
    await warmUp(client);
    expect(await statementsOf(() => client('/events', { body: {} }), 422)).toBe(0);
  });

  it('two to tell a live event from an unknown one', async () => {
    const live = anEvent(client, { date_start: '2020-01-01T00:00:00Z', date_end: '2090-01-01T00:00:00Z' });
    const { id } = (await client('/events', { body: live })).json as { id: string };
    await warmUp(client);
    expect(await statementsOf(() => client(`/events/${id}`, { method: 'DELETE' }), 409)).toBe(2);
  });
});

describe('a request with a cold credential cache', () => {
  it('costs one statement more for the credential and one for its first lease', async () => {
    const cold = await givenTrainingClient(app);
    expect(await statementsOf(() => cold('/members'))).toBe(3);
    expect(await statementsOf(() => cold('/members'))).toBe(1);
  });
});
