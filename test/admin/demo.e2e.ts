import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedDemo, type Demo } from '../../src/boot/demo.js';
import { adminClient, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';

describe('the demo organization', () => {
  let app: TestApp;
  let demo: Demo;
  let organization: AdminClient;

  beforeAll(async () => {
    app = await bootApp();
    demo = await seedDemo(app.app);
    const admin = adminClient(app);
    organization = (path, request) => admin(`/organizations/demo${path}`, request);
  });
  afterAll(() => app.close());

  it('has one administrator, a credential of every surface and a wrapped one of training', async () => {
    expect((await organization('/members')).json).toMatchObject({
      total: 1,
      data: [{ id: demo.member.id, email: 'demo@example.org', is_admin: true }],
    });
    const { json } = await organization('/credentials');
    expect(json.data.map((row: { surface: string; member: string }) => [row.surface, row.member])).toEqual(
      ['training', 'spaces', 'realms', 'polls', 'companies', 'training'].map((surface) => [
        surface,
        'demo@example.org',
      ]),
    );
    expect(json.data[4].scopes).toHaveLength(5);
  });

  it('sends members nowhere, unless it is told to which hosts', async () => {
    const realmsIn = async (slug: string): Promise<unknown> => {
      const { json } = await adminClient(app)(`/organizations/${slug}/credentials`);
      return json.data.find(({ surface }: { surface: string }) => surface === 'realms');
    };
    expect(await realmsIn('demo')).toMatchObject({ callback_hosts: [], verifier: 'required' });
    const { organization: other } = await seedDemo(app.app, ['localhost']);
    expect(await realmsIn(other.slug)).toMatchObject({
      callback_hosts: ['localhost'],
      verifier: 'required',
    });
  });

  it('has one of everything to work on, under the ids that it tells', async () => {
    const paths = [
      `/classes/${String(demo.training.class_id)}`,
      `/locations/${String(demo.spaces.location_id)}`,
      `/spaces/${String(demo.spaces.space_id)}`,
      `/realms/${String(demo.realms.section_id)}`,
      `/realms/section/${String(demo.realms.section_id)}/members/${demo.member.id}`,
      `/realms/${String(demo.realms.group_id)}`,
      `/companies/${String(demo.companies.company)}`,
    ];
    for (const path of paths) expect([path, (await organization(path)).status]).toEqual([path, 200]);
  });

  it('tells a bare and a wrapped credential of training, with the same keys', async () => {
    const { training, training_envelope: wrapped } = demo;
    expect(Object.keys(wrapped)).toEqual(Object.keys(training));
    expect(wrapped).toMatchObject({
      base: training.base,
      class_id: training.class_id,
      owner: training.owner,
    });
    const { authorization } = wrapped as unknown as { authorization: string };
    expect(authorization).not.toBe((training as unknown as { authorization: string }).authorization);
    const answer = await call(`${app.url}${wrapped.base}/classes`, { headers: { authorization } });
    expect(answer.json).toEqual({
      result: 'success',
      data: [expect.objectContaining({ id: training.class_id })],
    });
  });

  it('tells headers that work, and secrets that differ each time', async () => {
    const { authorization } = demo.training as unknown as { authorization: string };
    const answer = await call(`${app.url}${demo.training.base}/classes`, { headers: { authorization } });
    expect([answer.status, answer.json[0].id]).toEqual([200, demo.training.class_id]);
    const again = await seedDemo(app.app);
    expect(again.organization.slug).toMatch(/^demo-\d$/);
    expect(JSON.stringify(again.realms)).not.toContain(
      (demo.realms as unknown as { consumer_secret: string }).consumer_secret,
    );
  });
});
