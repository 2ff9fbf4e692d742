import type { Instant } from '../../core/instant.js';
import type { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';

/** What became of one signed request. */
export interface Admission {
  /** Whether the key was within its ceiling; the nonce is spent only then. */
  readonly granted: boolean;
  /** Whether the nonce had not been spent before. */
  readonly fresh: boolean;
  readonly taken: number;
  /** Start of the window that it was counted in, in epoch seconds. */
  readonly started_at: number;
}

// A commit that waits for the disk would hold the counter's row and so line up all requests of a key behind the
// disk. It need not wait: whatever the request then writes commits after it and takes it along to the disk, so
// the only request that a crash of PostgreSQL could let in twice is one that changed nothing.
const UNHURRIED = `set_config('synchronous_commit', 'off', true)`;

// The counter's row is locked first, so requests of one key pass here one after the other.
const ADMIT = statement<Admission>(
  'oauth_nonce.admit',
  `WITH counted AS (
     INSERT INTO tenancy.rate_windows AS w (organization_id, credential_id, started_at, taken, granted)
     VALUES ($1, $2, $3, 1, 1)
     ON CONFLICT (organization_id, credential_id) DO UPDATE SET
       started_at = greatest(w.started_at, excluded.started_at),
       taken = CASE WHEN w.started_at < excluded.started_at THEN 1 ELSE least(w.taken + 1, $4::integer) END,
       granted = CASE WHEN w.started_at < excluded.started_at OR w.taken < $4::integer THEN 1 ELSE 0 END
     RETURNING taken, granted, started_at),
   spent AS (
     INSERT INTO tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
     SELECT $1, $2, $5::bytea, $6::timestamptz FROM counted WHERE granted = 1 AND $5::bytea IS NOT NULL
     ON CONFLICT DO NOTHING
     RETURNING digest)
   SELECT granted = 1 AS granted, $5::bytea IS NULL OR EXISTS (SELECT FROM spent) AS fresh, taken,
          started_at::integer, ${UNHURRIED}
     FROM counted`,
);

const SPEND = statement<{ fresh: boolean }>(
  'oauth_nonce.spend',
  `WITH spent AS (
     INSERT INTO tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING digest)
   SELECT EXISTS (SELECT FROM spent) AS fresh, ${UNHURRIED}`,
);

const PRUNE_BATCH = 2000;

const PRUNE = statement<{ pruned: number }>(
  'oauth_nonce.prune',
  `WITH gone AS (
     DELETE FROM tenancy.oauth_nonces WHERE (organization_id, credential_id, digest) IN (
       SELECT organization_id, credential_id, digest FROM tenancy.oauth_nonces
        WHERE expires_at < $1 ORDER BY expires_at LIMIT ${PRUNE_BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING digest)
   SELECT count(*)::integer AS pruned FROM gone`,
);

const PRUNE_TOKENS = statement<object>(
  'oauth_token.prune',
  `DELETE FROM tenancy.oauth_tokens WHERE expires_at < $1`,
);

/** A nonce with the time after which its request would be refused for its age alone. */
export interface Nonce {
  readonly digest: Buffer;
  readonly expiresAt: Instant;
}

/** The nonces that were spent, and the count of requests that goes with them. */
export class Nonces {
  constructor(private readonly database: Database) {}

  /** Counts the request and spends its nonce in one statement, which is a transaction of its own. */
  async admit(
    organizationId: number,
    credentialId: number,
    window: number,
    limit: number,
    nonce: Nonce | undefined,
  ): Promise<Admission> {
    const values = [organizationId, credentialId, window, limit, nonce?.digest, nonce?.expiresAt];
    const admission = await this.database.one(ADMIT, values);
    if (admission === undefined) throw new Error('A count answered no row.');
    return admission;
  }

  /** Whether the nonce had not been spent before; for a surface whose limiter is switched off. */
  async spend(organizationId: number, credentialId: number, { digest, expiresAt }: Nonce): Promise<boolean> {
    const row = await this.database.one(SPEND, [organizationId, credentialId, digest, expiresAt]);
    return row?.fresh === true;
  }

  /** Forgets what no request can bring back, and request tokens that nobody came for. */
  async prune(now: Instant): Promise<void> {
    for (let pruned = PRUNE_BATCH; pruned === PRUNE_BATCH;) {
      pruned = (await this.database.one(PRUNE, [now]))?.pruned ?? 0;
    }
    await this.database.all(PRUNE_TOKENS, [now]);
  }
}
