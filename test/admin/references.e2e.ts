import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { whileDeleting } from '../support/deletion.js';

describe('references between rows', () => {
  let app: TestApp;
  let admin: AdminClient;
  let organization: AdminClient & { readonly id: number };
  let other: AdminClient;

  beforeAll(async () => {
    app = await bootApp();
    admin = adminClient(app);
  });
  beforeEach(async () => {
    organization = await givenOrganization(admin, { name: 'Ours' });
    other = await givenOrganization(admin, { name: 'Theirs' });
  });
  afterAll(() => app.close());

  const make = async (path: string, body: object, by: AdminClient = organization): Promise<number> => {
    const { status, json, text } = await by(path, { body });
    expect([status, text]).toEqual([201, expect.any(String)]);
    return json.id as number;
  };

  const expectInUse = async (path: string, by: RegExp): Promise<void> => {
    const answer = await organization(path, { method: 'DELETE' });
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({ title: 'Conflict', detail: expect.stringMatching(by) });
  };

  it('keep a member who owns classes or events', async () => {
    const id = await make('/members', { email: 'ada@example.org' });
    const classId = await make('/classes', { name: 'Weaving', owner: 'ada@example.org' });
    await expectInUse(`/members/${id}`, /training classes/);
    await organization(`/classes/${classId}`, { method: 'PATCH', body: { owner: null } });
    await app.open.pool.query(
      `INSERT INTO training.events VALUES
         ($1, 'abcdefghijklmnopq', 'TOKN', 'Day 1', $2, $3, 'public', NULL, now(), now() + interval '1 hour',
          false, false, '{}', '{}', NULL, false)`,
      [organization.id, id, classId],
    );
    await expectInUse(`/members/${id}`, /training events/);
    await expectInUse(`/classes/${classId}`, /Events are based on this class/);
    await app.open.pool.query(`DELETE FROM training.events WHERE organization_id = $1`, [organization.id]);

    const section = await make('/realms', { kind: 'section', name: '7b' });
    const due = { kind: 'section', realm_id: section, type: 'assignment', title: 'Essay' };
    await make('/due-events', { ...due, start: '2030-01-01 09:00:00', creator: 'ada@example.org' });
    await expectInUse(`/members/${id}`, /realms events/);
    await expectInUse(`/realms/${section}`, /realms events/);
  });

  it('let a member go with credentials and memberships, which nobody owns', async () => {
    const id = await make('/members', { email: 'ada@example.org' });
    const credential = await make('/credentials', { surface: 'polls', member: 'ada@example.org' });
    const section = await make('/realms', { kind: 'section', name: '7b' });
    await make(`/realms/section/${section}/members`, { member: 'ada@example.org' });
    expect((await organization(`/members/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await organization(`/credentials/${credential}`)).status).toBe(404);
    expect((await organization(`/realms/section/${section}/members`)).json.total).toBe(0);
  });

  it.each([
    ['member', 'DELETE FROM tenancy.members WHERE id = $1', 422],
    ['realm', 'DELETE FROM realms.realms WHERE id = $1', 404],
  ])('do not put a member into a realm while the %s is deleted', async (what, deletion, status) => {
    const member = await make('/members', { email: 'goes@example.org' });
    const section = await make('/realms', { kind: 'section', name: '7b' });
    const answer = await whileDeleting(app, deletion, what === 'member' ? member : section, () =>
      organization(`/realms/section/${section}/members`, { body: { member: 'goes@example.org' } }),
    );
    expect(answer.status).toBe(status);
    if (what === 'member') expect(answer.json.errors[0].field).toBe('member');
  });

  it('keep a location with spaces, and a realm that others lie in', async () => {
    const location = await make('/locations', { name: 'Mill' });
    await make('/spaces', { location_id: location, name: 'Attic' });
    await expectInUse(`/locations/${location}`, /spaces/);
    const school = await make('/realms', { kind: 'school', name: 'Hill' });
    await make('/realms', { kind: 'course', name: 'Maths', parent_id: school });
    await expectInUse(`/realms/${school}`, /realms/);
  });

  it('go with their organization, all of them', async () => {
    await make('/members', { email: 'ada@example.org' });
    await make('/classes', { name: 'Weaving', owner: 'ada@example.org' });
    await make('/spaces', { location_id: await make('/locations', { name: 'Mill' }), name: 'Attic' });
    const school = await make('/realms', { kind: 'school', name: 'Hill' });
    const course = await make('/realms', { kind: 'course', name: 'Maths', parent_id: school });
    await make('/due-events', {
      kind: 'course',
      realm_id: course,
      type: 'discussion',
      title: 'Proofs',
      start: '2030-01-01 09:00:00',
      creator: 'ada@example.org',
    });
    await make('/companies', { name: 'Festa' });
    expect((await organization('', { method: 'DELETE' })).status).toBe(204);
    expect((await organization('/members')).status).toBe(404);
  });

  it('never lead into another organization', async () => {
    await make('/members', { email: 'eve@example.org' }, other);
    const location = await make('/locations', { name: 'Mill' }, other);
    const school = await make('/realms', { kind: 'school', name: 'Hill' }, other);
    const mine = await make('/realms', { kind: 'section', name: '7b' });
    const due = { type: 'assignment', title: 'Essay', start: '2030-01-01 09:00:00' };
    for (const [path, body, field] of [
      ['/credentials', { surface: 'polls', member: 'eve@example.org' }, 'member'],
      ['/classes', { name: 'Weaving', owner: 'eve@example.org' }, 'owner'],
      ['/spaces', { location_id: location, name: 'Attic' }, 'location_id'],
      ['/realms', { kind: 'course', name: 'Maths', parent_id: school }, 'parent_id'],
      [`/realms/section/${mine}/members`, { member: 'eve@example.org' }, 'member'],
      ['/due-events', { kind: 'school', realm_id: school, ...due }, 'realm_id'],
      ['/due-events', { kind: 'section', realm_id: mine, ...due, creator: 'eve@example.org' }, 'creator'],
    ] as const) {
      const answer = await organization(path, { body });
      expect([path, answer.status, answer.json.errors]).toEqual([
        path,
        422,
        [{ location: 'body', field, message: expect.any(String) }],
      ]);
    }
    expect((await organization(`/realms/school/${school}/members`)).status).toBe(404);
  });

  it('hold realms to their order, on create and on change', async () => {
    const section = await make('/realms', { kind: 'section', name: '7b' });
    const group = await make('/realms', { kind: 'group', name: 'Chess', parent_id: section });
    const school = await make('/realms', { kind: 'school', name: 'Hill' });
    const refused = await organization('/realms', {
      body: { kind: 'course', name: 'Maths', parent_id: section },
    });
    expect([refused.status, refused.json.errors[0].field]).toEqual([422, 'parent_id']);
    for (const parent_id of [school, section, group]) {
      const answer = await organization(`/realms/${school}`, { method: 'PATCH', body: { parent_id } });
      expect(answer.status).toBe(422);
    }
    const moved = await organization(`/realms/${group}`, { method: 'PATCH', body: { parent_id: school } });
    expect([moved.status, moved.json.parent_id]).toEqual([200, school]);
    const kept = await organization(`/realms/${group}`, { method: 'PATCH', body: { kind: 'district' } });
    expect([kept.status, kept.json.kind]).toEqual([200, 'group']);
  });

  it('find a realm by its own kind only', async () => {
    const section = await make('/realms', { kind: 'section', name: '7b' });
    for (const kind of ['course', 'user', 'sections', 'x']) {
      const answer = await organization(`/realms/${kind}/${section}/members`, { body: { member: 7 } });
      expect([kind, answer.status]).toEqual([kind, 404]);
    }
  });

  it('put a member into a realm once, and a due event into a member’s own calendar', async () => {
    const ada = await make('/members', { email: 'ada@example.org' });
    const section = await make('/realms', { kind: 'section', name: '7b' });
    const path = `/realms/section/${section}/members`;
    expect(await make(path, { member: 'ada@example.org', admin: true })).toBe(ada);
    const again = await organization(path, { body: { member: 'ADA@example.org' } });
    expect([again.status, again.json.errors[0].field]).toEqual([409, 'member']);

    const due = { kind: 'user', realm_id: ada, type: 'assignment', title: 'Essay' };
    const { json } = await organization('/due-events', { body: { ...due, start: '2030-01-01 09:00:00' } });
    expect(json).toMatchObject({ kind: 'user', realm_id: ada, creator: null });
    await expectInUse(`/members/${ada}`, /realms events/);
  });

  it('refuse a due event that ends before it starts, whichever of the two comes', async () => {
    const section = await make('/realms', { kind: 'section', name: '7b' });
    const due = { kind: 'section', realm_id: section, type: 'assignment', title: 'Essay' };
    const times = { start: '2030-01-01 09:00:00', end: '2030-01-01 08:59:59' };
    const backwards = await organization('/due-events', { body: { ...due, ...times } });
    expect([backwards.status, backwards.json.errors[0].field]).toEqual([422, 'end']);
    const id = await make('/due-events', { ...due, start: times.start });
    for (const body of [{ end: '2030-01-01 08:00:00' }, { end: '2029-12-31 00:00:00' }]) {
      expect((await organization(`/due-events/${id}`, { method: 'PATCH', body })).status).toBe(422);
    }
    const event = await organization('/due-events', { body: { ...due, ...times, end: times.start } });
    expect([event.status, event.json.end]).toEqual([201, times.start]);
  });

  it('show no event that clients of the product made among due events', async () => {
    const section = await make('/realms', { kind: 'section', name: '7b' });
    const { rows } = await app.open.pool.query<{ id: number }>(
      `INSERT INTO realms.events (organization_id, realm_id, type, title, description, starts_at, has_end, all_day,
         rsvp, comments_enabled, created_at, updated_at)
       VALUES ($1, $2, 'event', 'Trip', '', '2030-01-01 09:00', false, false, 0, false, now(), now()) RETURNING id`,
      [organization.id, section],
    );
    const item = `/due-events/${rows[0]?.id}`;
    for (const request of [{}, { method: 'DELETE' }, { method: 'PATCH', body: { title: 'Mine' } }]) {
      expect((await organization(item, request)).status).toBe(404);
    }
    expect((await organization('/due-events')).json.total).toBe(0);
  });
});
