import { Injectable } from '@nestjs/common';
import { listOf } from '../../database/batched-read.js';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import { presentWindow, secondsLeft, taking } from '../limits/rate-window.js';

export const WINDOW_SECONDS = 5;

/** A nonce with the time after which its request would be refused for its age alone. */
export interface Nonce {
  /** In hex. */
  readonly digest: string;
  /** Counted by PostgreSQL from now. */
  readonly expiresInSeconds: number;
}

/** Requests of one key that are to be counted, in the order in which they came. */
export interface Signings {
  readonly organizationId: number;
  readonly credentialId: number;
  /** One for each request; PLAINTEXT may do without. */
  readonly nonces: readonly (Nonce | undefined)[];
}

/** What became of them. */
export interface Counted {
  /** How many were within the key's ceiling, the first ones; nonces of others are not spent. */
  readonly granted: number;
  /** What the key has taken of its window by now. */
  readonly taken: number;
  /** Start of the window that they were counted in, in epoch seconds. */
  readonly startedAt: number;
  /** Until that window ends. */
  readonly secondsLeft: number;
  /** Digests that had not been spent before. */
  readonly fresh: Set<string>;
}

/** Where a counter hangs on its key: refused when the key is deleted at the same moment. */
export const COUNTED_KEY = 'fk_rate_windows_credential';

// A commit that waits for the disk would hold the counters' rows and so line up all requests of a key behind the
// disk. It need not wait: whatever the request then writes commits after it and takes it along to the disk, so
// the only request that a crash of PostgreSQL could let in twice is one that changed nothing.
const UNHURRIED = `set_config('synchronous_commit', 'off', true)`;

/** One key, with one of its nonces that had not been spent before; a key without any comes once. */
interface AdmitRow {
  readonly credential_id: number;
  readonly granted: number;
  readonly taken: number;
  readonly started_at: number;
  readonly seconds_left: number;
  /** In hex. */
  readonly fresh: string | null;
}

// A counter's row is locked first, so requests of one key pass here one after the other; keys come in the order of
// their ids, so that two such statements never wait for each other. Of several requests of one key the first ones are
// granted what is left.
const ADMIT = statement<AdmitRow>(
  'oauth_nonce.admit_all',
  `WITH counted AS (
     INSERT INTO tenancy.rate_windows AS w (organization_id, credential_id, started_at, taken, granted)
     SELECT organization_id, credential_id, ${presentWindow(WINDOW_SECONDS)},
            least(asked, $1::integer), least(asked, $1::integer)
       FROM unnest(${listOf('$2', 'integer')}, ${listOf('$3', 'integer')}, ${listOf('$4', 'integer')})
              AS asked (organization_id, credential_id, asked)
      ORDER BY credential_id
     ON CONFLICT (organization_id, credential_id) DO UPDATE SET ${taking('$1', WINDOW_SECONDS)}
     RETURNING organization_id, credential_id, taken, granted, started_at),
   spent AS (
     INSERT INTO tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
     SELECT organization_id, credential_id, decode(asked.digest, 'hex'),
            now() + asked.expires_in * interval '1 second'
       FROM unnest(${listOf('$5', 'integer')}, ${listOf('$6', 'integer')}, ${listOf('$7', 'text')},
                   ${listOf('$8', 'float8')})
              AS asked (credential_id, place, digest, expires_in)
       JOIN counted USING (credential_id)
      WHERE asked.place <= counted.granted
     ON CONFLICT DO NOTHING
     RETURNING credential_id, digest)
   SELECT credential_id, granted, taken, started_at::integer, ${secondsLeft('started_at', WINDOW_SECONDS)} AS seconds_left,
          encode(digest, 'hex') AS fresh, ${UNHURRIED}
     FROM counted LEFT JOIN spent USING (credential_id)`,
);

const SPEND = statement<{ fresh: boolean }>(
  'oauth_nonce.spend',
  `WITH spent AS (
     INSERT INTO tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
     VALUES ($1, $2, decode($3, 'hex'), now() + $4::float8 * interval '1 second') ON CONFLICT DO NOTHING RETURNING digest)
   SELECT EXISTS (SELECT FROM spent) AS fresh, ${UNHURRIED}`,
);

const PRUNE_BATCH = 2000;

const PRUNE = statement<{ pruned: number }>(
  'oauth_nonce.prune',
  `WITH gone AS (
     DELETE FROM tenancy.oauth_nonces WHERE (organization_id, credential_id, digest) IN (
       SELECT organization_id, credential_id, digest FROM tenancy.oauth_nonces
        WHERE expires_at < now() ORDER BY expires_at LIMIT ${PRUNE_BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING digest)
   SELECT count(*)::integer AS pruned FROM gone`,
);

const PRUNE_TOKENS = statement<object>(
  'oauth_token.prune',
  `DELETE FROM tenancy.oauth_tokens WHERE expires_at < now()`,
);

/** The nonces that were spent, and the count of requests that goes with them. */
@Injectable()
export class NoncesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Counts the requests of several keys with one ceiling, and spends their nonces, in one statement, which is a
   * transaction of its own. Answers by the credential's id.
   */
  async admit(limit: number, keys: readonly Signings[]): Promise<Map<number, Counted>> {
    const asked = keys.flatMap(({ credentialId, nonces }) =>
      nonces.flatMap((nonce, index) =>
        nonce === undefined ? [] : [{ credentialId, place: index + 1, ...nonce }],
      ),
    );
    const rows = await this.database.all(ADMIT, [
      limit,
      keys.map(({ organizationId }) => organizationId),
      keys.map(({ credentialId }) => credentialId),
      keys.map(({ nonces }) => nonces.length),
      asked.map(({ credentialId }) => credentialId),
      asked.map(({ place }) => place),
      asked.map(({ digest }) => digest),
      asked.map(({ expiresInSeconds }) => expiresInSeconds),
    ]);
    const counted = new Map<number, Counted>();
    for (const { credential_id, granted, taken, started_at, seconds_left, fresh } of rows) {
      let key = counted.get(credential_id);
      if (key === undefined) {
        key = { granted, taken, startedAt: started_at, secondsLeft: seconds_left, fresh: new Set() };
        counted.set(credential_id, key);
      }
      if (fresh !== null) key.fresh.add(fresh);
    }
    return counted;
  }

  /** Whether the nonce had not been spent before; for a surface whose limiter is switched off. */
  async spend(organizationId: number, credentialId: number, nonce: Nonce): Promise<boolean> {
    const { digest, expiresInSeconds } = nonce;
    const row = await this.database.one(SPEND, [organizationId, credentialId, digest, expiresInSeconds]);
    return row?.fresh === true;
  }

  /** Forgets what no request can bring back, and request tokens that nobody came for. */
  async prune(): Promise<void> {
    for (let pruned = PRUNE_BATCH; pruned === PRUNE_BATCH;) {
      pruned = (await this.database.one(PRUNE, []))?.pruned ?? 0;
    }
    await this.database.all(PRUNE_TOKENS, []);
  }
}
