import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { givenClass } from '../../support/tenant.js';
import { givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;
let wrapped: TrainingClient;
let classPath: string;
let path: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
  wrapped = await givenTrainingClient(app, { envelope: true });
});
beforeEach(async () => {
  classPath = `/classes/${await givenClass(app, client.tenant)}`;
  path = `${classPath}/resources`;
});
afterAll(() => app.close());

const ID = expect.stringMatching(/^[0-9A-Za-z]{17}$/);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const FULL = {
  name: 'node-1',
  type: 'lab_instance',
  image_id: 'ami-1',
  image_user: 'ubuntu',
  instance_type: 't3.medium',
  is_custom_image: true,
  webview_links: [{ name: 'Dashboard', url: 'http://{{dns}}:8080' }],
  userdata: '#!/bin/sh',
  post_launch_script: 'echo ready',
  ec2_region: 'eu-central-1',
  view_interface: 'desktop',
  image_region_mapping: { 'eu-central-1': 'ami-1', 'eu-west-3': 'ami-2' },
};
const UNKNOWN = 'AAAAAAAAAAAAAAAAA';

const create = async (body: object = { name: 'node' }): Promise<Record<string, unknown> & { id: string }> =>
  (await client(path, { body })).json;

describe('a lab resource', () => {
  it('is answered as it was given', async () => {
    const answer = await client(path, { body: FULL });
    expect([answer.status, answer.json]).toEqual([
      200,
      { id: ID, ...FULL, created_at: TIME, updated_at: TIME },
    ]);
    expect((await client(`${path}/${String(answer.json.id)}`)).json).toEqual(answer.json);
  });

  it('needs a name only; texts that are not set are left out', async () => {
    expect(await create({ name: 'bare', image_id: null })).toEqual({
      id: ID,
      type: 'lab_instance',
      name: 'bare',
      is_custom_image: false,
      webview_links: [],
      created_at: TIME,
      updated_at: TIME,
    });
  });

  it('is listed, oldest first, in its class only', async () => {
    const ids = [(await create()).id, (await create()).id, (await create()).id];
    expect((await client(path)).json.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect((await client(`/classes/${client.classId}/resources`)).json).toEqual([]);
  });

  it('is changed by what is given; null clears', async () => {
    const { id, ...created } = await create(FULL);
    const answer = await client(`${path}/${id}`, {
      method: 'PATCH',
      body: { name: 'node-2', image_id: null, webview_links: null, is_custom_image: null, type: null },
    });
    const { image_id, ...rest } = created;
    expect(image_id).toBe('ami-1');
    expect(answer.json).toEqual({
      ...rest,
      id,
      name: 'node-2',
      type: 'lab_instance',
      webview_links: [],
      is_custom_image: false,
      updated_at: TIME,
    });
  });

  it('loses its images by region and its view when they are set to null', async () => {
    const { id } = await create(FULL);
    const body = { view_interface: null, image_region_mapping: null };
    const { json } = await client(`${path}/${id}`, { method: 'PATCH', body });
    expect(json).toMatchObject({ id, ec2_region: 'eu-central-1' });
    expect([json.view_interface, json.image_region_mapping]).toEqual([undefined, undefined]);
  });

  it('is deleted with 204, and unknown from then on', async () => {
    const { id } = await create();
    const answer = await client(`${path}/${id}`, { method: 'DELETE' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const gone = await client(`${path}/${id}`, { method });
      expect([gone.status, gone.json.error.type]).toEqual([404, 'ResourceNotFound']);
    }
  });

  it('stands in the envelope of a wrapped credential; 204 has no body', async () => {
    const place = `/classes/${wrapped.classId}/resources`;
    const created = await wrapped(place, { body: { name: 'x' } });
    expect(created.json).toEqual({ result: 'success', data: expect.objectContaining({ name: 'x' }) });
    expect((await wrapped(place)).json).toEqual({ result: 'success', data: [created.json.data] });
    const deleted = await wrapped(`${place}/${String(created.json.data.id)}`, { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
  });

  it.each([
    ['no name', {}, ['name']],
    ['a region without an image', { name: 'n', image_region_mapping: { x: 1 } }, ['image_region_mapping']],
    ['a list of regions', { name: 'n', image_region_mapping: ['x'] }, ['image_region_mapping']],
    ['a name of 257 characters', { name: 'n'.repeat(257) }, ['name']],
    ['an image of 257 characters', { name: 'x', image_id: 'n'.repeat(257) }, ['image_id']],
    ['a script of 65,537 characters', { name: 'x', userdata: 'n'.repeat(65_537) }, ['userdata']],
    ['a link without an address', { name: 'x', webview_links: [{ name: 'a' }] }, ['webview_links.0.url']],
    ['two faults', { name: 7, is_custom_image: 'yes' }, ['name', 'is_custom_image']],
  ])('is refused with %s', async (_, body, fields) => {
    const answer = await client(path, { body });
    expect([answer.status, answer.json.error.type]).toEqual([422, 'RequestValidationError']);
    expect(answer.json.error.errors.map(({ param }: { param: string }) => param)).toEqual(fields);
    expect((await client(path)).json).toEqual([]);
  });

  it('takes scripts of 65,536 characters', async () => {
    expect((await create({ name: 'x', userdata: 'n'.repeat(65_536) })).userdata).toHaveLength(65_536);
  });

  it('of an unknown class is ClassNotFound, before its content is judged', async () => {
    for (const id of [UNKNOWN, 'x']) {
      const place = `/classes/${id}/resources`;
      for (const answer of [
        await client(place),
        await client(place, { body: {} }),
        await client(place, { body: { name: 'x' } }),
        await client(`${place}/${UNKNOWN}`),
        await client(`${place}/${UNKNOWN}`, { method: 'PATCH', body: { name: 7 } }),
        await client(`${place}/${UNKNOWN}`, { method: 'DELETE' }),
      ])
        expect([answer.status, answer.json.error.type]).toEqual([404, 'ClassNotFound']);
    }
  });

  it('that is unknown is ResourceNotFound, before its content is judged', async () => {
    const { id } = await create();
    for (const unknown of [UNKNOWN, 'x'])
      expect(
        (await client(`${path}/${unknown}`, { method: 'PATCH', body: { name: 7 } })).json.error.type,
      ).toBe('ResourceNotFound');
    const elsewhere = await client(`/classes/${client.classId}/resources/${id}`);
    expect([elsewhere.status, elsewhere.json.error.type]).toEqual([404, 'ResourceNotFound']);
  });

  it('is one of at most 100 of a class, also when many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 110 }, (_, index) => client(path, { body: { name: String(index) } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    const refused = answers.filter(({ status }) => status === 422);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.json.error.type).toBe('RequestValidationError');
    expect((await client(path)).json).toHaveLength(100);
  });

  it('is unknown to another organization', async () => {
    const { id } = await create();
    const answer = await wrapped(`${path}/${id}`);
    expect([answer.status, answer.json.error.type]).toEqual([404, 'ClassNotFound']);
  });
});

describe('the resources of a class', () => {
  const resourcesOf = async (): Promise<unknown[]> => (await client(classPath)).json.resources;

  it('are the written list, followed by those with paths of their own', async () => {
    await client(classPath, { method: 'PATCH', body: { resources: [{ id: 'mine', ports: [22] }, 'text'] } });
    const rows = [await create({ name: 'one', image_id: 'ami' }), await create()];
    expect(await resourcesOf()).toEqual([{ id: 'mine', ports: [22] }, 'text', ...rows]);
    const listed = (await client('/classes')).json.find(({ id }: { id: string }) => classPath.endsWith(id));
    expect(listed.resources).toEqual(await resourcesOf());
  });

  it('are not doubled when a client reads and writes back, nor deleted when it leaves one out', async () => {
    await client(classPath, { method: 'PATCH', body: { resources: [{ id: 'mine' }] } });
    const rows = [await create(), await create()];
    const read = await resourcesOf();
    const written = await client(classPath, { method: 'PATCH', body: { resources: read } });
    expect(written.json.resources).toEqual(read);
    const shortened = await client(classPath, { method: 'PATCH', body: { resources: [rows[1]] } });
    expect(shortened.json.resources).toEqual(rows);
  });

  it('go with the class', async () => {
    const { id } = await create();
    expect((await client(classPath, { method: 'DELETE' })).status).toBe(204);
    expect((await client(`${path}/${id}`)).json.error.type).toBe('ClassNotFound');
  });
});
