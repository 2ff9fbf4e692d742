import fc from 'fast-check';
import type { TestApp } from '../app.js';
import { call } from '../http.js';
import { Rows } from '../openapi/rows.js';
import { givenConsumer, givenMember, givenMembership, givenRealm, signed, type Token } from '../realms.js';
import { givenTenant } from '../tenant.js';
import { one, type World } from './world.js';

const hoursOfRealms = {
  start: one('2030-05-04 16:30:00', '2031-05-04 00:00:00'),
  end: one('', '2031-05-04 18:30:00'),
  has_end: one(undefined),
};

export async function realmsWorld(app: TestApp): Promise<World> {
  const tenant = await givenTenant(app);
  await app.open.pool.query('UPDATE tenancy.members SET is_admin = true WHERE id = $1', [tenant.member.id]);
  const section = await givenRealm(app, tenant);
  const group = await givenRealm(app, tenant, 'group');
  const guest = await givenMember(app, tenant, 'grace@example.org');
  await givenMembership(app, tenant, section, guest);
  const consumer = await givenConsumer(app, tenant, undefined, undefined, { verifier: 'optional' });
  const rows = new Rows();
  rows.add('/v1/{}/{}', ['sections', section]);
  rows.add('/v1/{}/{}', ['groups', group]);
  rows.add('/v1/{}/{}', ['users', tenant.member.id]);
  rows.add('/v1/users/{}', [tenant.member.id]);
  rows.add('/v1/users/{}', [guest]);
  /** A request token that a member has approved. */
  const agreedToken = async (): Promise<Token> => {
    const url = `${app.url}/v1/oauth/request_token`;
    const { text } = await call(url, { headers: { authorization: signed(consumer, url, 'GET') } });
    const form = new URLSearchParams(text);
    const [key, secret] = [form.get('oauth_token') ?? '', form.get('oauth_token_secret') ?? ''];
    await app.open.pool.query('UPDATE tenancy.oauth_tokens SET member_id = $2 WHERE token = $1', [
      key,
      guest,
    ]);
    return { key, secret };
  };
  const withToken = (url: string): Promise<Token> | undefined =>
    url.endsWith('/oauth/access_token') ? agreedToken() : undefined;
  return {
    rows,
    credentials: async (method, url) => ({
      authorization: signed(consumer, url, method, await withToken(url)),
    }),
    wrongCredentials: (method, url) => ({
      authorization: signed({ ...consumer, consumerSecret: 'wrong' }, url, method),
    }),
    references: {
      'X-Schoology-Run-As': one(tenant.member.id, tenant.member.id, guest),
      request: fc.array(
        fc.constantFrom(`/v1/sections/${section}/events?limit=5`, '/v1/users/me/upcoming', '/v1/nothing'),
        { minLength: 1, maxLength: 4 },
      ),
    },
    steered: {
      start_date: one('2030-05-01', '20300501'),
      end_date: one('2030-05-31', '20310531'),
    },
    bodies: {
      createRealmEvent: fc.record({ ...hoursOfRealms, rsvp: one(1, 2), comments_enabled: one(1) }),
      changeRealmEvent: fc.record(hoursOfRealms, { requiredKeys: [] }),
    },
  };
}
