import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';

describe('organizations', () => {
  let app: TestApp;
  let admin: AdminClient;

  beforeAll(async () => {
    app = await bootApp();
    admin = adminClient(app);
  });

  afterAll(() => app.close());

  it('are founded, shown by id and by slug, listed, changed and deleted', async () => {
    const created = await admin('/organizations', {
      body: { name: 'Zürich Süd', time_zone: 'Europe/Zurich' },
    });
    expect(created.status).toBe(201);
    const { id } = created.json;
    expect(created.json).toEqual({
      id: expect.any(Number),
      name: 'Zürich Süd',
      slug: 'zurich-sud',
      time_zone: 'Europe/Zurich',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect((await admin(`/organizations/${id}`)).json).toEqual(created.json);
    expect((await admin('/organizations/zurich-sud')).json).toEqual(created.json);

    const list = await admin('/organizations');
    expect(list.status).toBe(200);
    expect(list.json).toMatchObject({ page: 1, per_page: 50 });
    expect(list.json.data).toContainEqual(created.json);

    const changed = await admin('/organizations/zurich-sud', {
      method: 'PATCH',
      body: { name: 'Zürich', slug: 'zurich', time_zone: null },
    });
    expect(changed.status).toBe(200);
    expect(changed.json).toEqual({ ...created.json, name: 'Zürich', slug: 'zurich', time_zone: 'UTC' });

    const deleted = await admin('/organizations/zurich', { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await admin(`/organizations/${id}`)).status).toBe(404);
    expect((await admin(`/organizations/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('change nothing for an empty body, and ignore what they do not know', async () => {
    const organization = await givenOrganization(admin, { name: 'Still' });
    const before = (await organization('')).json;
    const after = await organization('', { method: 'PATCH', body: {} });
    expect([after.status, after.json]).toEqual([200, before]);
    const odd = await organization('', { method: 'PATCH', body: { colour: 'red', id: 99_999 } });
    expect([odd.status, odd.json]).toEqual([200, before]);
  });

  it('count on where names are the same, even all at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => admin('/organizations', { body: { name: 'Twins & Co' } })),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(12).fill(201));
    const slugs = answers.map((answer) => String(answer.json.slug)).sort();
    const numbered = Array.from({ length: 11 }, (_, index) => `twins-co-${index + 2}`);
    expect(slugs).toEqual(['twins-co', ...numbered].sort());
  });

  it('never have a slug that could be an id', async () => {
    expect((await admin('/organizations', { body: { name: '2024' } })).json.slug).toBe('organization-2024');
    expect((await admin('/organizations', { body: { name: '🙂' } })).json.slug).toBe('organization');
    const given = await admin('/organizations', { body: { name: 'Numbers', slug: '2024' } });
    expect(given.status).toBe(422);
    expect(given.json.errors).toMatchObject([{ location: 'body', field: 'slug' }]);
  });

  it('refuse a slug that another has, naming the field', async () => {
    await givenOrganization(admin, { name: 'First', slug: 'mine' });
    const second = await admin('/organizations', { body: { name: 'Second', slug: 'mine' } });
    expect(second.status).toBe(409);
    expect(second.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(second.json).toMatchObject({ status: 409, title: 'Conflict', errors: [{ field: 'slug' }] });
    const other = await givenOrganization(admin, { name: 'Other' });
    expect((await other('', { method: 'PATCH', body: { slug: 'mine' } })).status).toBe(409);
  });

  it('tell all faults of a body at once', async () => {
    const answer = await admin('/organizations', {
      body: { name: '', slug: 'Not A Slug', time_zone: 'Mars/Olympus' },
    });
    expect(answer.status).toBe(422);
    expect(answer.json.errors.map((fault: { field: string }) => fault.field).sort()).toEqual([
      'name',
      'slug',
      'time_zone',
    ]);
  });

  it('take null for "not given" on create, and refuse to clear what is required', async () => {
    const created = await admin('/organizations', { body: { name: 'Nulls', slug: null, time_zone: null } });
    expect([created.status, created.json.slug, created.json.time_zone]).toEqual([201, 'nulls', 'UTC']);
    const cleared = await admin('/organizations/nulls', {
      method: 'PATCH',
      body: { name: null, slug: null },
    });
    expect(cleared.status).toBe(422);
    expect(cleared.json.errors).toHaveLength(2);
  });

  it('are listed page by page; numbers are pulled into range, other words refused', async () => {
    for (const name of ['p1', 'p2', 'p3']) await givenOrganization(admin, { name });
    const { json: all } = await admin('/organizations?per_page=9999');
    expect(all.per_page).toBe(200);
    expect(all.data).toHaveLength(all.total);
    const { json: second } = await admin('/organizations?page=2&per_page=2');
    expect(second).toEqual({ data: all.data.slice(2, 4), page: 2, per_page: 2, total: all.total });
    const { json: first } = await admin('/organizations?page=-3&per_page=0');
    expect([first.page, first.per_page, first.data.length]).toEqual([1, 1, 1]);
    const { json: beyond } = await admin('/organizations?page=999999999999999999999');
    expect([beyond.data, beyond.total]).toEqual([[], all.total]);
    const refused = await admin('/organizations?page=two&per_page=1.5');
    expect(refused.status).toBe(422);
    expect(refused.json.errors).toMatchObject([{ location: 'query' }, { location: 'query' }]);
  });

  it('answer 404 before they look at a body', async () => {
    for (const org of ['no-such', '999999', '99999999999999999999', '%00', 'A%20B']) {
      const answer = await admin(`/organizations/${org}`, { method: 'PATCH', body: { name: '' } });
      expect([org, answer.status]).toEqual([org, 404]);
      const below = await admin(`/organizations/${org}/members`, { body: { email: 'none' } });
      expect([org, below.status]).toEqual([org, 404]);
    }
  });

  it('refuse whoever has no admin token, in problem details', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic abc' }]) {
      const answer = await call(`${app.url}/admin/v1/organizations/nope`, {
        method: 'PATCH',
        headers: { accept: 'text/html', ...headers },
        body: '{',
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.json).toMatchObject({ type: 'about:blank', title: 'Unauthorized', status: 401 });
    }
  });

  it('answer wrong methods, broken JSON and other media types in problem details', async () => {
    const wrongMethod = await admin('/organizations', { method: 'PUT', body: {} });
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST']);
    expect((await admin('/organizations', { body: '{"name":' })).status).toBe(400);
    expect((await admin('/organizations', { body: '[]' })).status).toBe(400);
    const form = await admin('/organizations', {
      body: 'name=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form.status).toBe(415);
    expect((await admin('/nothing-here')).status).toBe(404);
  });
});
