import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app, { envelope: true });
});
afterAll(() => app.close());

describe('a credential made with envelope', () => {
  it('reads every success inside result and data', async () => {
    const created = await client('/events', { body: anEvent(client) });
    expect(created.json).toEqual({
      result: 'success',
      data: expect.objectContaining({ name: 'Kubernetes, day 1' }),
    });
    const { id } = created.json.data;
    const changed = await client(`/events/${String(id)}`, { method: 'PATCH', body: { name: 'New' } });
    expect(changed.json).toEqual({ result: 'success', data: { ...created.json.data, name: 'New' } });
    expect((await client(`/events/${String(id)}`)).json).toEqual(changed.json);
    expect((await client('/events')).json).toEqual({ result: 'success', data: [changed.json.data] });
    expect((await client('/classes')).json).toEqual({ result: 'success', data: [expect.any(Object)] });
    expect((await client('/members')).json).toEqual({ result: 'success', data: [expect.any(Object)] });
    expect((await client(`/events/${String(id)}`, { method: 'DELETE' })).json).toEqual({ result: 'success' });
  });

  it('reads refusals as everybody does', async () => {
    const answer = await client('/events/AAAAAAAAAAAAAAAAA');
    expect(answer.json).toEqual({
      result: 'failure',
      error: { type: 'EventNotFound', message: expect.any(String) },
    });
  });
});
