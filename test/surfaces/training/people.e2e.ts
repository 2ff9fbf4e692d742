import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call, type Answer, type Call } from '../../support/http.js';
import { givenKey } from '../../support/tenant.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;
let wrapped: TrainingClient;
/** A key of a member who is no administrator. */
let asMember: (path: string, request?: Call) => Promise<Answer>;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
  wrapped = await givenTrainingClient(app, { envelope: true });
  const key = await givenKey(app, client.tenant, { memberId: client.tenant.member.id });
  const authorization = `Bearer ${client.tenant.id}:${key}`;
  asMember = (path, request = {}) =>
    call(`${app.url}/api/v1${path}`, { ...request, headers: { authorization } });
});
afterAll(() => app.close());

const ID = expect.stringMatching(/^[0-9A-Za-z]{17}$/);
const UNKNOWN = 'AAAAAAAAAAAAAAAAA';
const givenPartner = async (name = 'Partner'): Promise<string> =>
  (await client('/partners', { body: { name } })).json.id;

describe('a member', () => {
  it('is shown with level and role, by whether they administer the organization', async () => {
    const { email, trainingId: id } = client.tenant.member;
    const path = `/members/${id}`;
    const ada = { id, email, name: 'Ada Lovelace' };
    expect((await client(path)).json).toEqual({ ...ada, level: 'member', role: 'member' });
    const query = 'UPDATE tenancy.members SET is_admin = $1 WHERE id = $2';
    await app.open.pool.query(query, [true, client.tenant.member.id]);
    const admin = { ...ada, level: 'admin', role: 'admin' };
    expect([(await client(path)).json, (await client('/members')).json]).toEqual([admin, [admin]]);
    await app.open.pool.query(query, [false, client.tenant.member.id]);
  });

  it.each([UNKNOWN, 'x'])('that is unknown is MemberNotFound: %s', async (id) => {
    const answer = await client(`/members/${id}`);
    expect([answer.status, answer.json.error.type]).toEqual([404, 'MemberNotFound']);
  });

  it('of another organization is unknown', async () => {
    expect((await wrapped(`/members/${client.tenant.member.trainingId}`)).json.error.type).toBe(
      'MemberNotFound',
    );
  });
});

describe('a partner', () => {
  it('is created, shown, renamed and listed by name', async () => {
    const created = await client('/partners', { body: { name: 'Zeta' } });
    expect([created.status, created.json]).toEqual([200, { id: ID, name: 'Zeta' }]);
    const { id } = created.json;
    expect((await client(`/partners/${String(id)}`)).json).toEqual(created.json);
    const other = await givenPartner('Alpha');
    expect((await client('/partners')).json.map(({ name }: { name: string }) => name)).toEqual([
      'Alpha',
      'Zeta',
    ]);
    const renamed = await client(`/partners/${String(id)}`, { method: 'PATCH', body: { name: 'Aaron' } });
    expect(renamed.json).toEqual({ id, name: 'Aaron' });
    expect((await client('/partners')).json).toEqual([renamed.json, { id: other, name: 'Alpha' }]);
  });

  it('stays as it is when a change says nothing', async () => {
    const id = await givenPartner('Same');
    expect((await client(`/partners/${id}`, { method: 'PATCH', body: {} })).json).toEqual({
      id,
      name: 'Same',
    });
  });

  it.each([{}, { name: '' }, { name: null }, { name: 7 }])('is refused with %j', async (body) => {
    const answer = await client('/partners', { body });
    expect([answer.status, answer.json.error.errors[0].param]).toEqual([422, 'name']);
  });

  it('is not deleted', async () => {
    const answer = await client(`/partners/${await givenPartner()}`, { method: 'DELETE' });
    expect([answer.status, answer.json.error.type]).toEqual([405, 'MethodNotAllowed']);
  });

  it.each([UNKNOWN, 'x'])('that is unknown is PartnerNotFound, before any fault: %s', async (id) => {
    for (const answer of [
      await client(`/partners/${id}`),
      await client(`/partners/${id}`, { method: 'PATCH', body: { name: 7 } }),
      await client(`/partners/${id}/members`),
      await client(`/partners/${id}/members`, { body: { email: 'x' } }),
      await client(`/partners/${id}/members`, { body: { email: 'x@example.com' } }),
      await wrapped(`/partners/${await givenPartner()}`),
    ])
      expect([answer.status, answer.json.error.type]).toEqual([404, 'PartnerNotFound']);
  });

  it('is written by administrators only, and read by all', async () => {
    const id = await givenPartner();
    for (const answer of [
      await asMember('/partners', { body: {} }),
      await asMember(`/partners/${id}`, { method: 'PATCH', body: { name: 'x' } }),
      await asMember(`/partners/${id}/members`, { body: { email: 'x@example.com' } }),
    ])
      expect([answer.status, answer.json]).toEqual([
        403,
        { result: 'failure', error: { type: 'Forbidden', message: expect.any(String) } },
      ]);
    for (const path of ['/partners', `/partners/${id}`, `/partners/${id}/members`])
      expect((await asMember(path)).status).toBe(200);
  });

  it('stands in the envelope of a wrapped credential', async () => {
    const created = (await wrapped('/partners', { body: { name: 'W' } })).json;
    expect(created).toEqual({ result: 'success', data: { id: ID, name: 'W' } });
    expect((await wrapped('/partners')).json).toEqual({ result: 'success', data: [created.data] });
  });

  it('of an event is a text, whether there is such a partner or not', async () => {
    for (const partner_id of [await givenPartner(), 'partner-42'])
      expect((await client('/events', { body: anEvent(client, { partner_id }) })).json.partner_id).toBe(
        partner_id,
      );
  });
});

describe('a person of a partner', () => {
  it('is added, told with a link, and listed by address', async () => {
    const id = await givenPartner();
    const added = await client(`/partners/${id}/members`, { body: { email: 'zoe@example.com' } });
    expect([added.status, added.json]).toEqual([
      200,
      {
        id: ID,
        email: 'zoe@example.com',
        partner_id: id,
        role: 'partner',
        status: 'pending',
        link: 'https://quintet.test',
        created_at: expect.stringMatching(/Z$/),
      },
    ]);
    await client(`/partners/${id}/members`, { body: { email: 'al@example.com' } });
    const row = (email: string): object => ({ id: ID, email, partner_id: id, role: 'partner' });
    expect((await client(`/partners/${id}/members`)).json).toEqual([
      row('al@example.com'),
      row('zoe@example.com'),
    ]);
    expect(JSON.stringify((await client('/members')).json)).not.toContain('zoe');
  });

  it('who is there already is answered as they are, also when many add them at once', async () => {
    const path = `/partners/${await givenPartner()}/members`;
    const answers = await Promise.all(
      ['a@example.com', 'A@example.com', 'a@example.com'].map((email) => client(path, { body: { email } })),
    );
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect((await client(path)).json).toHaveLength(1);
  });

  it('needs an address', async () => {
    const answer = await client(`/partners/${await givenPartner()}/members`, { body: { email: 'zoe' } });
    expect([answer.status, answer.json.error.errors[0].param]).toEqual([422, 'email']);
  });
});
