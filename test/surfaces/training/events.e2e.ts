import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

describe('a training event', () => {
  it('is created with the defaults of the product and answers 200', async () => {
    const answer = await client('/events', { body: anEvent(client) });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      availability: 'public',
      class_id: client.classId,
      date_end: '2031-05-04T17:00:00.000Z',
      date_start: '2031-05-04T09:00:00.000Z',
      event_link: expect.stringMatching(/^https:\/\/quintet\.test\/event\/[0-9A-Za-z]{17}$/),
      id: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
      include_chat: false,
      include_video: false,
      name: 'Kubernetes, day 1',
      owner: { email: client.tenant.member.email, id: client.tenant.member.trainingId },
      status: 'ready',
      tas: [],
      token: expect.stringMatching(/^[0-9A-Z]{4}$/),
      trainees: [],
      use_new_terminal: false,
    });
  });
});
