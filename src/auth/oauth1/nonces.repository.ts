import { batchedDelete } from '../../database/batched-delete.js';
import { listOf } from '../../database/batched-read.js';
import { insertValues } from '../../database/columns.js';
import { statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { currentWindow, secondsLeft, takeColumns } from '../limits/rate-window.js';
import { OAuthNonce } from './oauth-nonce.entity.js';

export const WINDOW_SECONDS = 5;

/** A nonce, kept until its request would be rejected for its timestamp alone. */
export interface Nonce {
  /** In hex. */
  readonly digest: string;
  /** From now, by PostgreSQL's clock. */
  readonly expiresInSeconds: number;
}

/** Requests of one key to count, in order of arrival. */
export interface KeyRequests {
  readonly organizationId: number;
  readonly credentialId: number;
  /** One for each request; PLAINTEXT requests may have none. */
  readonly nonces: readonly (Nonce | undefined)[];
}

/** The result for the requests of one key. */
export interface Counted {
  /** How many of the requests, in order, are within the rate limit; the nonces of the others are not recorded. */
  readonly granted: number;
  /** Requests counted in the window so far. */
  readonly taken: number;
  /** Start of the window, in epoch seconds. */
  readonly startedAt: number;
  /** Seconds until the window ends. */
  readonly secondsLeft: number;
  /** Digests that were new. */
  readonly fresh: Set<string>;
}

// A synchronous commit would hold the locks on the counter rows during the WAL flush and so serialize the requests of a
// key. It is not needed: whatever the request writes commits later, and its flush includes this commit. So after a
// crash of PostgreSQL only a request that changed nothing could be replayed.
const ASYNCHRONOUS_COMMIT = `set_config('synchronous_commit', 'off', true)`;

/** A key with one of its new nonces; a key without new nonces has one row. */
interface RecordRow {
  readonly credential_id: number;
  readonly granted: number;
  readonly taken: number;
  readonly started_at: number;
  readonly seconds_left: number;
  /** In hex. */
  readonly fresh: string | null;
}

// The counter row is locked first, so requests of one key are serialized; rows are locked in id order, so two statements
// never deadlock. Of several requests of one key, the first ones get what is left of the limit.
const RECORD = statement<RecordRow>(
  'oauth_nonce.record',
  `WITH counted AS (
     INSERT INTO tenancy.rate_windows AS w (organization_id, credential_id, started_at, taken, granted)
     SELECT organization_id, credential_id, ${currentWindow(WINDOW_SECONDS)},
            least(asked, :limit::integer), least(asked, :limit::integer)
       FROM unnest(${listOf(':organization_ids', 'integer')}, ${listOf(':credential_ids', 'integer')},
                   ${listOf(':request_counts', 'integer')})
              AS asked (organization_id, credential_id, asked)
      ORDER BY credential_id
     ON CONFLICT (organization_id, credential_id) DO UPDATE SET ${takeColumns(WINDOW_SECONDS)}
     RETURNING organization_id, credential_id, taken, granted, started_at),
   spent AS (
     INSERT INTO tenancy.oauth_nonces (organization_id, credential_id, digest, expires_at)
     SELECT organization_id, credential_id, decode(asked.digest, 'hex'),
            now() + asked.expires_in * interval '1 second'
       FROM unnest(${listOf(':nonce_credential_ids', 'integer')}, ${listOf(':places', 'integer')},
                   ${listOf(':digests', 'text')}, ${listOf(':expiries', 'float8')})
              AS asked (credential_id, place, digest, expires_in)
       JOIN counted USING (credential_id)
      WHERE asked.place <= counted.granted
     ON CONFLICT DO NOTHING
     RETURNING credential_id, digest)
   SELECT credential_id, granted, taken, started_at::integer, ${secondsLeft('started_at', WINDOW_SECONDS)} AS seconds_left,
          encode(digest, 'hex') AS fresh, ${ASYNCHRONOUS_COMMIT}
     FROM counted LEFT JOIN spent USING (credential_id)`,
);

const RECORD_ONE = statement<{ fresh: boolean }>(
  'oauth_nonce.record_one',
  `WITH spent AS (
     INSERT INTO tenancy.oauth_nonces ${insertValues(OAuthNonce, {
       digest: `decode(:digest, 'hex')`,
       expires_at: `now() + :expires_in::float8 * interval '1 second'`,
     })}
     ON CONFLICT DO NOTHING RETURNING digest)
   SELECT EXISTS (SELECT FROM spent) AS fresh, ${ASYNCHRONOUS_COMMIT}`,
);

const PRUNE = batchedDelete('oauth_nonce.prune', {
  table: 'tenancy.oauth_nonces',
  key: 'organization_id, credential_id, digest',
  rows: 'expires_at < now() ORDER BY expires_at',
});

/** Nonces of signed requests, and the request counts that are written with them. */
export class NoncesRepository extends StatementRepository<OAuthNonce> {
  static readonly entity = OAuthNonce;

  /**
   * Counts the requests of several keys with the same limit and records their nonces, in one statement with its own
   * transaction. Returns the results by credential id.
   */
  async record(limit: number, keys: readonly KeyRequests[]): Promise<Map<number, Counted>> {
    const asked = keys.flatMap(({ credentialId, nonces }) =>
      nonces.flatMap((nonce, index) =>
        nonce === undefined ? [] : [{ credentialId, place: index + 1, ...nonce }],
      ),
    );
    const rows = await this.all(RECORD, {
      limit,
      organization_ids: keys.map(({ organizationId }) => organizationId),
      credential_ids: keys.map(({ credentialId }) => credentialId),
      request_counts: keys.map(({ nonces }) => nonces.length),
      nonce_credential_ids: asked.map(({ credentialId }) => credentialId),
      places: asked.map(({ place }) => place),
      digests: asked.map(({ digest }) => digest),
      expiries: asked.map(({ expiresInSeconds }) => expiresInSeconds),
    });
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

  /** Records a nonce and returns whether it was new; for surfaces without a rate limit. */
  async recordNonce(
    organization_id: number,
    credential_id: number,
    { digest, expiresInSeconds: expires_in }: Nonce,
  ): Promise<boolean> {
    const row = await this.one(RECORD_ONE, { organization_id, credential_id, digest, expires_in });
    return row?.fresh === true;
  }

  /** Deletes expired nonces. */
  prune(stopping?: AbortSignal): Promise<void> {
    return this.deleteInBatches(PRUNE, {}, stopping);
  }
}
