import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

const ISO_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('a class', () => {
  it('is created with what it was given', async () => {
    const dto = {
      name: 'Terraform',
      owner: client.tenant.member.email,
      description: 'From zero.',
      resources: [{ name: 'vm', image: 'debian-12', ports: [22, 80] }],
      presentation_notes: ['slide 1', { slide: 2 }],
      labels: ['cloud', 'beginners'],
    };
    const answer = await client('/classes', { body: dto });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      ...dto,
      id: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
      owner: { email: client.tenant.member.email, id: client.tenant.member.trainingId },
      created_at: expect.stringMatching(ISO_MILLISECONDS),
      updated_at: expect.stringMatching(ISO_MILLISECONDS),
    });
    expect((await client(`/classes/${String(answer.json.id)}`)).json).toEqual(answer.json);
  });

  it('needs no more than a name', async () => {
    expect((await client('/classes', { body: { name: 'Bare' } })).json).toMatchObject({
      name: 'Bare',
      owner: null,
      description: null,
      resources: [],
      presentation_notes: [],
      labels: [],
    });
  });

  it('keeps its labels in their order, without doubles; null clears them', async () => {
    const created = await client('/classes', { body: { name: 'L', labels: ['b', 'a', 'b', 'B'] } });
    expect(created.json.labels).toEqual(['b', 'a', 'B']);
    const path = `/classes/${String(created.json.id)}`;
    const change = async (labels: unknown): Promise<unknown> =>
      (await client(path, { method: 'PATCH', body: { labels } })).json.labels;
    expect(await change(['z'])).toEqual(['z']);
    expect((await client(path, { method: 'PATCH', body: { name: 'M' } })).json.labels).toEqual(['z']);
    expect(await change(null)).toEqual([]);
    await client(path, { method: 'DELETE' });
  });

  it('takes 50 labels of 64 characters', async () => {
    const labels = Array.from({ length: 50 }, (_, index) => String(index).padEnd(64, 'x'));
    const { json } = await client('/classes', { body: { name: 'L', labels } });
    expect(json.labels).toEqual(labels);
    await client(`/classes/${String(json.id)}`, { method: 'DELETE' });
  });

  it('stands in the list, oldest first', async () => {
    const names = ((await client('/classes')).json as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(['Kubernetes', 'Terraform', 'Bare']);
  });

  it('is changed by what is given; null clears', async () => {
    const { id } = (await client('/classes', { body: { name: 'Old', description: 'd', resources: [1] } }))
      .json;
    const owner = client.tenant.member.email;
    const changed = await client(`/classes/${String(id)}`, {
      method: 'PATCH',
      body: { name: 'New', owner, description: null, resources: null },
    });
    expect(changed.json).toMatchObject({
      id,
      name: 'New',
      owner: { email: owner },
      description: null,
      resources: [],
    });
    expect(
      (await client(`/classes/${String(id)}`, { method: 'PATCH', body: { owner: null } })).json.owner,
    ).toBeNull();
  });

  it.each([
    ['no name', {}, 'name'],
    ['a name that is null', { name: null }, 'name'],
    ['an owner who is no member', { name: 'x', owner: 'nobody@example.org' }, 'owner'],
    ['resources that are no list', { name: 'x', resources: {} }, 'resources'],
    ['an empty label', { name: 'x', labels: [''] }, 'labels'],
    ['a label of 65 characters', { name: 'x', labels: ['l'.repeat(65)] }, 'labels'],
    ['51 labels', { name: 'x', labels: Array.from({ length: 51 }, String) }, 'labels'],
    ['labels that are no list', { name: 'x', labels: 'a' }, 'labels'],
    ['NUL deep inside', { name: 'x', presentation_notes: [{ a: ['\0'] }] }, 'presentation_notes'],
  ])('is refused with %s, on create and on change', async (_, body, field) => {
    const { id } = (await client('/classes', { body: { name: 'Kept' } })).json;
    const answers = [await client('/classes', { body })];
    if (Object.keys(body).length > 0)
      answers.push(await client(`/classes/${String(id)}`, { method: 'PATCH', body }));
    for (const answer of answers) {
      expect([answer.status, answer.json.error.type]).toEqual([422, 'RequestValidationError']);
      expect(answer.json.error.errors[0].param).toBe(field);
    }
    expect((await client(`/classes/${String(id)}`)).json.name).toBe('Kept');
  });

  it('is deleted, and unknown from then on', async () => {
    const { id } = (await client('/classes', { body: { name: 'Gone' } })).json;
    const deleted = await client(`/classes/${String(id)}`, { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE']) {
      const answer = await client(`/classes/${String(id)}`, { method });
      expect([answer.status, answer.json.error.type]).toEqual([404, 'ClassNotFound']);
    }
    const change = await client(`/classes/${String(id)}`, { method: 'PATCH', body: { name: 'x' } });
    expect(change.json.error.type).toBe('ClassNotFound');
  });

  it('that an event is based on is not deleted', async () => {
    await client('/events', { body: anEvent(client) });
    const answer = await client(`/classes/${client.classId}`, { method: 'DELETE' });
    expect([answer.status, answer.json.error.type]).toEqual([409, 'ClassInUse']);
  });
});

describe('members', () => {
  it('are listed so that a client finds an owner', async () => {
    const { email, trainingId } = client.tenant.member;
    expect((await client('/members')).json).toEqual([
      { id: trainingId, email, name: 'Ada Lovelace', level: 'member', role: 'member' },
    ]);
  });
});

describe('health', () => {
  it('is told without a credential', async () => {
    const answer = await call(`${app.url}/api/v1/health`);
    expect([answer.status, answer.json]).toEqual([200, { status: 'ok', message: 'Healthy' }]);
  });
});
