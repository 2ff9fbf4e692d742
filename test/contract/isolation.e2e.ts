import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentsOf } from '../../src/app.setup.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';
import { givenKey } from '../support/tenant.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

let app: TestApp;
let mine: TrainingClient;
let theirs: TrainingClient;
let ids: Record<string, string>;

beforeAll(async () => {
  app = await bootApp();
  mine = await givenTrainingClient(app);
  theirs = await givenTrainingClient(app);
  const event = (await theirs('/events', { body: anEvent(theirs) })).json as { id: string };
  const made = async (path: string, body: object): Promise<string> => {
    const { json } = await theirs(path, { body });
    return [json].flat()[0].id;
  };
  const [workspace] = (await theirs(`/events/${event.id}/workspaces`)).json;
  const course_id = await made('/ondemand', { class_id: theirs.classId });
  const form = new FormData();
  form.set('presentation', new Blob(['x']), 'x.pdf');
  const uploaded = await fetch(`${app.url}/api/v1/classes/${theirs.classId}/presentations`, {
    method: 'POST',
    headers: { authorization: theirs.authorization },
    body: form,
  });
  ids = {
    presentation_id: ((await uploaded.json()) as { id: string }).id,
    event_id: event.id,
    class_id: theirs.classId,
    resource_id: await made(`/classes/${theirs.classId}/resources`, { name: 'x' }),
    workspace_id: workspace.id,
    member_id: theirs.tenant.member.trainingId,
    partner_id: await made('/partners', { name: 'x' }),
    subscription_id: await made('/subscriptions', {
      target: 'https://receiver.example/hook',
      event: 'event.create',
    }),
    course_id,
    enrollment_id: await made(`/ondemand/${course_id}/enrollments`, { email: 'a@example.com' }),
  };
});
afterAll(() => app.close());

interface Operation {
  readonly method: string;
  readonly path: string;
}

/** Every route of the document with a row id, with another organization's row in it. */
function routesWithIds(): Operation[] {
  const training = documentsOf(app.app, 'http://localhost').find(({ name }) => name === 'training');
  return Object.entries(training?.document.paths ?? {}).flatMap(([template, item]) =>
    Object.keys(item)
      .filter(() => template.includes('{'))
      .map((method) => ({
        method: method.toUpperCase(),
        path: template.replace(/\{(\w+)\}/g, (_, parameter: string) => ids[parameter] ?? 'unknown parameter'),
      })),
  );
}

describe('a row of another organization', () => {
  it('answers on every route exactly as a row that does not exist', async () => {
    const routes = routesWithIds();
    expect(routes.length).toBeGreaterThanOrEqual(25);
    expect(routes.filter(({ path }) => path.includes('unknown parameter'))).toEqual([]);
    for (const { method, path } of routes) {
      const request = {
        method,
        headers: { authorization: mine.authorization },
        body: method === 'GET' ? undefined : '{"name":"x"}',
      };
      const foreign = await call(`${app.url}${path}`, request);
      const nowhere = Object.values(ids).reduce((text, id) => text.replace(id, 'AAAAAAAAAAAAAAAAA'), path);
      const absent = await call(`${app.url}${nowhere}`, request);
      expect([path, method, foreign.status, foreign.text]).toEqual([path, method, 404, absent.text]);
    }
  });

  it('is refused with a key of another surface', async () => {
    const authorization = `Bearer ${theirs.tenant.id}:${await givenKey(app, theirs.tenant, { surface: 'companies' })}`;
    for (const { method, path } of routesWithIds()) {
      expect((await call(`${app.url}${path}`, { method, headers: { authorization } })).status).toBe(401);
    }
  });

  it('is there, unchanged, for its own organization', async () => {
    expect((await theirs(`/events/${String(ids.event_id)}`)).json.name).toBe('Kubernetes, day 1');
    expect((await theirs(`/classes/${theirs.classId}`)).json.name).toBe('Kubernetes');
  });

  it('is not to be referred to: neither a foreign class nor a foreign owner makes an event', async () => {
    const foreignClass = await mine('/events', { body: anEvent(mine, { class_id: theirs.classId }) });
    expect(foreignClass.json.error.type).toBe('ClassNotFound');
    await app.open.pool.query(`UPDATE tenancy.members SET email = 'grace@example.org' WHERE id = $1`, [
      theirs.tenant.member.id,
    ]);
    const foreignOwner = await mine('/events', { body: anEvent(mine, { owner: 'grace@example.org' }) });
    expect(foreignOwner.json.error.errors[0].param).toBe('owner');
    expect((await mine('/events')).json).toEqual([]);
  });

  it('stands in no list', async () => {
    for (const path of ['/events', '/classes', '/members', '/partners', '/ondemand']) {
      const text = (await mine(path)).text;
      for (const id of Object.values(ids)) expect(text).not.toContain(id);
    }
  });
});
