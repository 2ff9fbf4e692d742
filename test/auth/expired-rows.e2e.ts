import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DELETE_BATCH } from '../../src/database/batched-delete.js';
import { bootApp, type TestApp } from '../support/app.js';
import { until } from '../support/smtp.js';
import { givenKey, givenTenant } from '../support/tenant.js';

/** Tables of what expires, and the columns and values of a row with the number `n` that expires `at`. */
const TABLES = {
  sign_in_links: [
    'token_sha256, expires_at, organization_id, member_id',
    'sha256(n::text::bytea), at, organization_id, member_id',
  ],
  browser_sessions: [
    'token_sha256, expires_at, organization_id, member_id',
    'sha256(n::text::bytea), at, organization_id, member_id',
  ],
  attempt_windows: ['digest, ends_at, attempts', 'sha256(n::text::bytea), at, 1'],
  oauth_nonces: [
    'digest, expires_at, organization_id, credential_id',
    'sha256(n::text::bytea), at, organization_id, id',
  ],
  oauth_tokens: [
    'token, expires_at, organization_id, credential_id, kind, sealed_secret, created_at',
    `n, at, organization_id, id, 'request', '', now()`,
  ],
} as const;

describe('what expired two days ago', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await bootApp();
    const tenant = await givenTenant(app);
    await givenKey(app, tenant, { surface: 'realms', memberId: tenant.member.id });
  });
  afterAll(() => app.close());

  it.each(Object.entries(TABLES))(
    'is deleted from %s when a process starts, however much it is, and nothing else',
    async (table, [columns, values]) => {
      const expired = DELETE_BATCH + 1;
      await app.open.pool.query(
        `INSERT INTO tenancy.${table} (${columns})
         SELECT ${values}
           FROM tenancy.credentials, generate_series(1, $1::integer + 3) AS n,
                LATERAL (SELECT now() + CASE WHEN n > $1 THEN 1 ELSE -2 END * interval '1 day' AS at) AS expiry`,
        [expired],
      );
      const count = async (): Promise<number> =>
        (await app.open.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM tenancy.${table}`))
          .rows[0]?.n ?? 0;
      expect(await count()).toBe(expired + 3);
      const second = await bootApp({ databaseUrl: app.databaseUrl });
      await until(async () => (await count()) === 3);
      await second.close();
    },
  );
});
