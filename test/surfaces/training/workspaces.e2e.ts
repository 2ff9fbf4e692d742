import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;
let wrapped: TrainingClient;
let path: string;
let eventId: string;

const TAS = ['tim@example.org', 'ADA@example.org'];
const TRAINEES = ['grace@example.com', 'Tim@example.org', 'alan@example.com'];

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
  wrapped = await givenTrainingClient(app, { envelope: true });
  eventId = (await client('/events', { body: anEvent(client, { tas: TAS, trainees: TRAINEES }) })).json.id;
  path = `/events/${eventId}/workspaces`;
});
afterAll(() => app.close());

const ID = expect.stringMatching(/^[0-9A-Za-z]{17}$/);
const UNKNOWN = 'AAAAAAAAAAAAAAAAA';

describe('the workspaces of an event', () => {
  it('are of its owner, its assistants and its trainees, each person once, in the order of the lists', async () => {
    const { json } = await client(path);
    const workspace = (type: string, email: string): object => ({
      id: ID,
      event_id: eventId,
      type,
      owner: { email, id: ID },
      created_at: '2031-05-04T09:00:00.000Z',
      viewstate: 'initial',
      online_status: 'offline',
      last_seen: null,
      need_assistance: false,
    });
    expect(json).toEqual([
      workspace('host', 'ada@example.org'),
      workspace('ta', 'tim@example.org'),
      workspace('learner', 'grace@example.com'),
      workspace('learner', 'alan@example.com'),
    ]);
    expect(json[0].owner.id).toBe(client.tenant.member.trainingId);
    expect(new Set(json.map(({ id }: { id: string }) => id)).size).toBe(4);
  });

  it('are found one by one, under ids that stay', async () => {
    const [first, , third] = (await client(path)).json;
    for (const workspace of [first, third])
      expect((await client(`${path}/${String(workspace.id)}`)).json).toEqual(workspace);
  });

  it('know a person by the same id at every event', async () => {
    const other = (await client('/events', { body: anEvent(client, { trainees: ['GRACE@example.com'] }) }))
      .json;
    const theirs = (await client(`/events/${String(other.id)}/workspaces`)).json[1];
    const [, , grace] = (await client(path)).json;
    expect(theirs.owner).toEqual({ email: 'GRACE@example.com', id: grace.owner.id });
    expect(theirs.id).not.toBe(grace.id);
  });

  it('have no machines', async () => {
    const [{ id }] = (await client(path)).json;
    const answer = await client(`${path}/${String(id)}/resources`);
    expect([answer.status, answer.json]).toEqual([200, []]);
  });

  it('that are unknown answer 404', async () => {
    for (const place of [`${path}/${UNKNOWN}`, `${path}/x`, `${path}/${UNKNOWN}/resources`]) {
      const answer = await client(place);
      expect([answer.status, answer.json.error.type]).toEqual([404, 'WorkspaceNotFound']);
    }
    for (const place of [`/events/${UNKNOWN}/workspaces`, `/events/x/workspaces/${UNKNOWN}`]) {
      const answer = await client(place);
      expect([answer.status, answer.json.error.type]).toEqual([404, 'EventNotFound']);
    }
  });

  it('are read only', async () => {
    for (const place of [path, `${path}/${UNKNOWN}`, `${path}/${UNKNOWN}/resources`]) {
      const answer = await client(place, { method: 'POST', body: {} });
      expect([answer.status, answer.json.error.type]).toEqual([405, 'MethodNotAllowed']);
    }
  });

  it('are unknown to another organization, and stand in its envelope', async () => {
    expect((await wrapped(path)).json.error.type).toBe('EventNotFound');
    const { id } = (await wrapped('/events', { body: anEvent(wrapped) })).json.data;
    expect((await wrapped(`/events/${String(id)}/workspaces`)).json).toEqual({
      result: 'success',
      data: [expect.objectContaining({ type: 'host' })],
    });
  });
});
