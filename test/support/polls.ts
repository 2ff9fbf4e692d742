import { digestOf, lookupOf } from '../../src/auth/credentials/bearer-key.js';
import { lowerCaseSecret } from '../../src/core/random-code.js';
import { call, type Answer, type Call } from './http.js';
import { givenTenant, type DatabaseHolder, type Tenant } from './tenant.js';

/** A client of poll-scheduled events, with an organization whose member lives in Paris. */
export interface PollsClient {
  readonly tenant: Tenant;
  readonly key: string;
  readonly pollsId: string;
  (path: string, request?: Call): Promise<Answer>;
}

export async function givenPollsClient(
  app: DatabaseHolder & { readonly url: string },
  email = 'creator@example.com',
): Promise<PollsClient> {
  const tenant = await givenTenant(app, email);
  const { rows } = await app.open.pool.query<{ polls_id: string }>(
    `UPDATE tenancy.members SET name = 'Jean Dupont', time_zone = 'Europe/Paris', locale = 'fr'
      WHERE organization_id = $1 AND id = $2 RETURNING polls_id`,
    [tenant.id, tenant.member.id],
  );
  const key = lowerCaseSecret();
  await app.open.pool.query(
    `INSERT INTO tenancy.credentials (organization_id, surface, lookup, secret_sha256, created_at)
     VALUES ($1, 'polls', $2, $3, now())`,
    [tenant.id, lookupOf(key), digestOf(key)],
  );
  const client = (path: string, request: Call = {}): Promise<Answer> =>
    call(`${app.url}/v2${path}`, { ...request, headers: { authorization: key, ...request.headers } });
  return Object.assign(client, { tenant, key, pollsId: rows[0]?.polls_id ?? '' });
}

/** A body for an event with two dates in the far future, a place and two guests. */
export function aPoll(differing: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'Kick-off',
    created_by: { email: 'creator@example.com' },
    dates: [
      { date: '2031-07-16T09:00:00', end_date: '2031-07-16T10:00:00' },
      { date: '2031-07-17T09:00:00', end_date: '2031-07-17T10:00:00' },
    ],
    places: [{ name: 'Room 3' }],
    invitees: [{ email: 'grace@example.com', full_name: 'Grace Hopper' }, { email: 'alan@example.com' }],
    settings: { no_emails: true },
    ...differing,
  };
}
