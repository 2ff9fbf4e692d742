import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import { digestOf } from '../credentials/bearer-key.js';

/** A window after counting an attempt. */
export interface CountedAttempts {
  readonly attempts: number;
  /** Milliseconds until the window ends. */
  readonly milliseconds: number;
}

// Uses PostgreSQL's clock, since the processes that share these windows may have different clocks.
const COUNT = statement<CountedAttempts>(
  'attempt_window.count',
  `INSERT INTO tenancy.attempt_windows AS w (digest, attempts, ends_at)
   VALUES ($1, 1, now() + make_interval(secs => $2))
   ON CONFLICT (digest) DO UPDATE SET
     attempts = CASE WHEN w.ends_at <= now() THEN 1 ELSE w.attempts + 1 END,
     ends_at = CASE WHEN w.ends_at <= now() THEN excluded.ends_at ELSE w.ends_at END
   RETURNING attempts, (extract(epoch FROM ends_at - now()) * 1000)::float8 AS milliseconds`,
);

const PRUNE_BATCH = 2000;

const PRUNE = statement<{ pruned: number }>(
  'attempt_window.prune',
  `WITH gone AS (
     DELETE FROM tenancy.attempt_windows WHERE digest IN (
       SELECT digest FROM tenancy.attempt_windows
        WHERE ends_at <= now() LIMIT ${PRUNE_BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING digest)
   SELECT count(*)::integer AS pruned FROM gone`,
);

/** The attempt counts shared by all processes. */
@Injectable()
export class AttemptWindowsRepository {
  constructor(private readonly database: Database) {}

  /** Counts one attempt, in the current window or in a new one. */
  async count(key: string, seconds: number): Promise<CountedAttempts> {
    const row = await this.database.one(COUNT, [digestOf(key), seconds]);
    if (row === undefined) throw new Error('A count answered no row.');
    return row;
  }

  /** Deletes windows that have ended. */
  async prune(): Promise<void> {
    for (let pruned = PRUNE_BATCH; pruned === PRUNE_BATCH;) {
      pruned = (await this.database.one(PRUNE, []))?.pruned ?? 0;
    }
  }
}
