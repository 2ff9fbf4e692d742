import { batchedDelete } from '../../database/batched-delete.js';
import { insertValues } from '../../database/columns.js';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { digestOf } from '../credentials/bearer-key.js';
import { AttemptWindow } from './attempt-window.entity.js';

/** A window after counting an attempt. */
export interface CountedAttempts {
  readonly attempts: number;
  /** Milliseconds until the window ends. */
  readonly milliseconds: number;
}

// Uses PostgreSQL's clock, since the processes that share these windows may have different clocks.
const COUNT = acrossOrganizations(
  statement<CountedAttempts>(
    'attempt_window.count',
    `INSERT INTO tenancy.attempt_windows AS w ${insertValues(AttemptWindow, {
      attempts: '1',
      ends_at: 'now() + make_interval(secs => :seconds)',
    })}
   ON CONFLICT (digest) DO UPDATE SET
     attempts = CASE WHEN w.ends_at <= now() THEN 1 ELSE w.attempts + 1 END,
     ends_at = CASE WHEN w.ends_at <= now() THEN excluded.ends_at ELSE w.ends_at END
   RETURNING attempts, (extract(epoch FROM ends_at - now()) * 1000)::float8 AS milliseconds`,
  ),
);

const PRUNE = batchedDelete('attempt_window.prune', {
  table: 'tenancy.attempt_windows',
  key: 'digest',
  rows: 'ends_at <= now()',
});

/** The attempt counts shared by all processes. */
export class AttemptWindowsRepository extends StatementRepository<AttemptWindow> {
  static readonly entity = AttemptWindow;

  /** Counts one attempt, in the current window or in a new one. */
  async countAttempt(key: string, seconds: number): Promise<CountedAttempts> {
    const row = await this.one(COUNT, { digest: digestOf(key), seconds });
    if (row === undefined) throw new Error('A count answered no row.');
    return row;
  }

  /** Deletes windows that have ended. */
  prune(stopping?: AbortSignal): Promise<void> {
    return this.deleteInBatches(PRUNE, {}, stopping);
  }
}
