import type { Instant } from '../../core/instant.js';
import type { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';

/** What became of one signed request. */
export interface Admission {
  /** Whether the key was within its ceiling; the nonce is spent only then. */
  readonly granted: boolean;
  /** Whether the nonce had not been spent before. */
  readonly fresh: boolean;
  /** What the key has taken of its window by now. */
  readonly taken: number;
  /** Start of the window that it was counted in, in epoch seconds. */
  readonly startedAt: number;
}

// A commit that waits for the disk would hold the counter's row and so line up all requests of a key behind the
// disk. It need not wait: whatever the request then writes commits after it and takes it along to the disk, so
// the only request that a crash of PostgreSQL could let in twice is one that changed nothing.
const UNHURRIED = `set_config('synchronous_commit', 'off', true)`;

interface AdmitRow {
  readonly granted: number;
  readonly taken: number;
  readonly started_at: number;
  /** Digests in hex that had not been spent before. */
  readonly fresh: string[];
}

// The counter's row is locked first, so requests of one key pass here one after the other. Of several that come in
// one statement the first ones are granted what is left.
const ADMIT = statement<AdmitRow>(
  'oauth_nonce.admit',
  `WITH counted AS (
     INSERT INTO tenancy.rate_windows AS w (organization_id, credential_id, started_at, taken, granted)
     VALUES ($1, $2, $3, least($5::integer, $4::integer), least($5::integer, $4::integer))
     ON CONFLICT (organization_id, credential_id) DO UPDATE SET
       started_at = greatest(w.started_at, excluded.started_at),
       taken = CASE WHEN w.started_at < excluded.started_at THEN excluded.taken
                    ELSE least(w.taken + $5::integer, greatest($4::integer, w.taken)) END,
       granted = CASE WHEN w.started_at < excluded.started_at THEN excluded.taken
                      ELSE greatest(least($5::integer, $4::integer - w.taken), 0) END
     RETURNING taken, granted, started_at),
   spent AS (
     INSERT INTO tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
     SELECT $1, $2, asked.digest, asked.expires_at
       FROM counted, unnest($6::bytea[], $7::timestamptz[]) WITH ORDINALITY AS asked (digest, expires_at, place)
      WHERE asked.place <= counted.granted AND asked.digest IS NOT NULL
     ON CONFLICT DO NOTHING
     RETURNING digest)
   SELECT granted, taken, started_at::integer, ARRAY(SELECT encode(digest, 'hex') FROM spent) AS fresh,
          ${UNHURRIED}
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

/** A request that waits to be counted. */
interface Waiting {
  readonly counter: Counter;
  readonly nonce: Nonce | undefined;
  readonly resolve: (admission: Admission) => void;
  readonly reject: (reason: unknown) => void;
}

/** The key that is counted, and how far. */
export interface Counter {
  readonly organizationId: number;
  readonly credentialId: number;
  /** Start of the present window, in epoch seconds. */
  readonly window: number;
  readonly limit: number;
}

/** Requests that travel in one statement at most. */
const MAX_TOGETHER = 100;

/** The nonces that were spent, and the count of requests that goes with them. */
export class Nonces {
  /** Requests of a key that came while one of its statements was under way; they go together in the next. */
  private readonly queues = new Map<number, Waiting[]>();

  constructor(private readonly database: Database) {}

  /**
   * Counts the request and spends its nonce in one statement, which is a transaction of its own. A key has one such
   * statement under way at a time: a second would only wait for the counter's row, and hold up others meanwhile.
   */
  admit(counter: Counter, nonce: Nonce | undefined): Promise<Admission> {
    return new Promise((resolve, reject) => {
      const waiting = { counter, nonce, resolve, reject };
      const queue = this.queues.get(counter.credentialId);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      this.queues.set(counter.credentialId, []);
      void this.drain(counter.credentialId, waiting);
    });
  }

  private async drain(credentialId: number, first: Waiting): Promise<void> {
    const queue = this.queues.get(credentialId) ?? [];
    for (let together = [first]; together.length > 0; together = queue.splice(0, MAX_TOGETHER)) {
      await this.admitAll(together);
    }
    this.queues.delete(credentialId);
  }

  private async admitAll(together: readonly Waiting[]): Promise<void> {
    try {
      const newest = together.at(-1);
      if (newest === undefined) return;
      const { organizationId, credentialId, window, limit } = newest.counter;
      const row = await this.database.one(ADMIT, [
        organizationId,
        credentialId,
        window,
        limit,
        together.length,
        together.map(({ nonce }) => nonce?.digest ?? null),
        together.map(({ nonce }) => nonce?.expiresAt ?? null),
      ]);
      if (row === undefined) throw new Error('A count answered no row.');
      const fresh = new Set(row.fresh);
      for (const [place, { nonce, resolve }] of together.entries()) {
        resolve({
          granted: place < row.granted,
          // Of two with one nonce the first is the fresh one.
          fresh: nonce === undefined || fresh.delete(nonce.digest.toString('hex')),
          taken: row.taken,
          startedAt: row.started_at,
        });
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
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
