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
