import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RESERVED_SEGMENTS } from '../../src/http/reserved-segments.js';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';

describe('what must be unique', () => {
  let app: TestApp;
  let first: AdminClient;
  let second: AdminClient;

  beforeAll(async () => {
    app = await bootApp();
    first = await givenOrganization(adminClient(app), { name: 'First' });
    second = await givenOrganization(adminClient(app), { name: 'Second' });
  });
  afterAll(() => app.close());

  it('is a member’s address, in one organization and whatever its case', async () => {
    expect((await first('/members', { body: { email: 'ada@example.org' } })).status).toBe(201);
    const again = await first('/members', { body: { email: 'Ada@Example.ORG' } });
    expect([again.status, again.json.errors[0].field]).toEqual([409, 'email']);
    expect((await second('/members', { body: { email: 'ada@example.org' } })).status).toBe(201);
    const { json: bob } = await first('/members', { body: { email: 'bob@example.org' } });
    const renamed = await first(`/members/${bob.id}`, {
      method: 'PATCH',
      body: { email: 'ada@example.org' },
    });
    expect([renamed.status, renamed.json.errors[0].field]).toEqual([409, 'email']);
    const own = await first(`/members/${bob.id}`, { method: 'PATCH', body: { email: 'BOB@example.org' } });
    expect([own.status, own.json.email]).toEqual([200, 'BOB@example.org']);
  });

  it('is a company’s slug, across organizations', async () => {
    expect((await first('/companies', { body: { name: 'Festa' } })).json.slug).toBe('festa');
    expect((await second('/companies', { body: { name: 'Festa!' } })).json.slug).toBe('festa-2');
    const given = await second('/companies', { body: { name: 'Other', slug: 'festa' } });
    expect([given.status, given.json.errors[0].field]).toEqual([409, 'slug']);
  });

  it('leaves the words of our own addresses alone', async () => {
    for (const word of RESERVED_SEGMENTS) {
      const given = await first('/companies', { body: { name: 'Word', slug: word } });
      expect([word, given.status]).toEqual([word, 422]);
    }
    expect((await first('/companies', { body: { name: 'Events' } })).json.slug).toBe('events-2');
    expect((await first('/companies', { body: { name: 'Sign in' } })).json.slug).toBe('sign-in-2');
    expect((await first('/companies', { body: { name: '¡!' } })).json.slug).toBe('company');
  });

  it('shows a member in each product’s own form', async () => {
    const { json } = await first('/members', { body: { email: 'ids@example.org' } });
    expect(json.ids).toEqual({
      training: expect.stringMatching(/^[0-9A-Za-z]{17}$/),
      spaces: json.id,
      realms: json.id,
      polls: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    const other = (await first('/members', { body: { email: 'ids2@example.org' } })).json.ids;
    expect(other.training).not.toBe(json.ids.training);
    expect(other.polls).not.toBe(json.ids.polls);
  });
});
