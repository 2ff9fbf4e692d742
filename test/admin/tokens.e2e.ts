import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adminClient, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer, type Call } from '../support/http.js';

describe('admin tokens', () => {
  let app: TestApp;
  let admin: AdminClient;

  beforeAll(async () => {
    app = await bootApp();
    admin = adminClient(app);
  });
  afterAll(() => app.close());

  const clientOf = ({ authorization }: { authorization: string }): AdminClient => {
    return (path: string, request: Call = {}): Promise<Answer> =>
      call(`${app.url}/admin/v1${path}`, { ...request, headers: { authorization, ...request.headers } });
  };

  it('are shown once, and named in the audit log', async () => {
    const made = await admin('/tokens', { body: { name: 'deploy', scopes: ['read', 'write', 'read'] } });
    expect([made.status, made.json.scopes]).toEqual([201, ['read', 'write']]);
    expect(made.json.authorization).toMatch(/^Bearer qnt_admin_[0-9A-Za-z]{49}$/);
    const secret = String(made.json.authorization).split(' ')[1] ?? '';
    for (const answer of [await admin('/tokens'), await admin(`/tokens/${made.json.id}`)])
      expect([answer.status, answer.text.includes(secret)]).toEqual([200, false]);
    expect((await clientOf(made.json)('/organizations', { body: { name: 'By deploy' } })).status).toBe(201);
    const { json } = await admin('/audit-entries?actor=admin:deploy');
    expect(json.data[0]).toMatchObject({ action: 'admin.called', subject: '/admin/v1/organizations' });
    const { json: log } = await admin('/audit-entries?subject=admin:deploy&action=token.created');
    expect(log.data[0]).toMatchObject({ actor: 'admin:ADMIN_TOKEN', details: { scopes: ['read', 'write'] } });
    const { rows } = await app.open.pool.query('SELECT t::text AS row FROM tenancy.admin_tokens t');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('do what their scopes say', async () => {
    const { json: organization } = await admin('/organizations', { body: { name: 'Scoped' } });
    const below = `/organizations/${organization.id}`;
    const { json: member } = await admin(`${below}/members`, { body: { email: 'ada@example.org' } });
    const calls: readonly (readonly [string, string, Call?])[] = [
      ['read', `${below}/credentials`],
      ['write', `${below}/members`, { body: {} }],
      ['credentials', `${below}/credentials`, { body: {} }],
      ['credentials', `${below}/credentials/999999/rotate`, { body: {} }],
      ['credentials', `${below}/credentials/999999`, { method: 'PATCH', body: {} }],
      ['credentials', `${below}/credentials/999999`, { method: 'DELETE' }],
      ['credentials', `${below}/members/${member.id}/sign-in`, { method: 'POST' }],
      ['audit', '/audit-entries'],
      ['tokens', '/tokens'],
      ['tokens', '/tokens', { body: {} }],
      ['tokens', '/tokens/999999', { method: 'DELETE' }],
    ];
    for (const scope of ['read', 'write', 'credentials', 'audit', 'tokens']) {
      const { json } = await admin('/tokens', { body: { name: `only ${scope}`, scopes: [scope] } });
      for (const [required, path, request] of calls) {
        const { status, json: problem } = await clientOf(json)(path, request);
        expect([scope, path, status === 403]).toEqual([scope, path, scope !== required]);
        if (status === 403) expect(problem.detail).toContain(required);
      }
    }
  });

  it('hand out no more than they have', async () => {
    const { json } = await admin('/tokens', { body: { name: 'registrar', scopes: ['tokens', 'read'] } });
    const registrar = clientOf(json);
    const refused = await registrar('/tokens', { body: { name: 'more', scopes: ['read', 'audit'] } });
    expect([refused.status, refused.json.detail]).toEqual([403, expect.stringContaining('audit')]);
    expect((await registrar('/tokens', { body: { name: 'less', scopes: ['read'] } })).status).toBe(201);
  });

  it('have a name of their own, and tell all faults at once', async () => {
    const body = { name: 'twice', scopes: ['read'] };
    expect((await admin('/tokens', { body })).status).toBe(201);
    expect((await admin('/tokens', { body })).status).toBe(409);
    const faulty = await admin('/tokens', { body: { name: 'ADMIN_TOKEN', scopes: [], expires_at: 'never' } });
    expect([faulty.status, faulty.json.errors.map(({ field }: { field: string }) => field).sort()]).toEqual([
      422,
      ['expires_at', 'name', 'scopes'],
    ]);
  });

  it('are refused once revoked or expired, and with any character changed', async () => {
    const given = async (name: string, more: object = {}): Promise<{ id: number; authorization: string }> =>
      (await admin('/tokens', { body: { name, scopes: ['read'], ...more } })).json;
    const ask = async (token: { authorization: string }): Promise<number> =>
      (await clientOf(token)('/organizations')).status;
    const token = await given('short-lived');
    expect(await ask(token)).toBe(200);
    const last = token.authorization.slice(-1);
    expect(await ask({ authorization: token.authorization.slice(0, -1) + (last === 'x' ? 'y' : 'x') })).toBe(
      401,
    );
    expect((await admin(`/tokens/${token.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await ask(token)).toBe(401);
    expect(await ask(await given('past', { expires_at: '2020-01-01T00:00:00Z' }))).toBe(401);
  });
});
