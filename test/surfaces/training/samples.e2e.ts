import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenTrainingClient, type TrainingClient } from '../../support/training.js';

/** The samples of the vendor's page, with the ids and addresses of a tenant of ours where it must have its own. */
let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

const HEADERS = { accept: 'application/json', 'content-type': 'application/json' };
const SAMPLE_KEYS = [
  'availability',
  'class_id',
  'date_end',
  'date_start',
  'event_link',
  'id',
  'include_chat',
  'include_video',
  'name',
  'owner',
  'status',
  'tas',
  'token',
  'trainees',
  'use_new_terminal',
];

/** Every key of the sample, none besides, each of the sample's type and format. */
function expectSampleShape(event: Record<string, unknown>): void {
  expect(Object.keys(event)).toEqual(SAMPLE_KEYS);
  expect(event).toEqual({
    availability: 'public',
    class_id: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
    date_end: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    date_start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    event_link: expect.stringMatching(/^https:\/\/[^/]+\/event\/[0-9A-Za-z]{17}$/),
    id: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
    include_chat: false,
    include_video: false,
    name: expect.any(String),
    owner: { email: expect.stringContaining('@'), id: expect.stringMatching(/^[0-9A-Za-z]{17}$/) },
    status: expect.stringMatching(/^(ready|live|done)$/),
    tas: [],
    token: expect.stringMatching(/^[0-9A-Z]{4}$/),
    trainees: [],
    use_new_terminal: false,
  });
}

describe('the samples of the page', () => {
  it('run one after the other: create, retrieve, list, modify, delete', async () => {
    const created = await client('/events', {
      headers: HEADERS,
      body: {
        name: 'My Event',
        date_end: '2018-10-30T13:00:00.000Z',
        date_start: '2018-09-20T11:00:00.000Z',
        owner: client.tenant.member.email,
        class_id: client.classId,
      },
    });
    expect(created.status).toBe(200);
    expectSampleShape(created.json);
    expect(created.json).toMatchObject({
      date_end: '2018-10-30T13:00:00.000Z',
      date_start: '2018-09-20T11:00:00.000Z',
    });

    const retrieved = await client(`/events/${String(created.json.id)}`, { headers: HEADERS });
    expect(retrieved.json).toEqual(created.json);

    const listed = await client('/events', { headers: HEADERS });
    expect(listed.json).toEqual([created.json]);

    const body = { name: 'Another Event', owner: client.tenant.member.email };
    const modified = await client(`/events/${String(created.json.id)}`, {
      method: 'PATCH',
      headers: HEADERS,
      body,
    });
    expectSampleShape(modified.json);
    expect(modified.json.name).toBe('Another Event');

    const ready = await client('/events', {
      headers: HEADERS,
      body: {
        ...body,
        class_id: client.classId,
        date_start: '2090-09-20T11:00:00.000Z',
        date_end: '2090-09-20T12:00:00.000Z',
      },
    });
    const deleted = await client(`/events/${String(ready.json.id)}`, { method: 'DELETE', headers: HEADERS });
    expect([deleted.status, deleted.json]).toEqual([200, { result: 'success' }]);
  });

  it('of modifying an event without its id in the address is a wrong method', async () => {
    const answer = await client('/events', {
      method: 'PATCH',
      headers: HEADERS,
      body: { name: 'Another Event' },
    });
    expect([answer.status, answer.json.error.type]).toEqual([405, 'MethodNotAllowed']);
  });
});
