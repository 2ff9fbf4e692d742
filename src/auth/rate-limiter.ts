import type { Caller } from '../core/caller.js';
import { Failure } from '../core/failure.js';
import type { SurfaceName } from '../core/surface-name.js';
import type { Database } from '../database/database.js';
import { whenRefused } from '../database/failures.js';
import { statement } from '../database/statement.js';

/** What is left of a credential's allowance, for the answer's headers. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in epoch seconds. */
  readonly reset: number;
  readonly allowed: boolean;
}

interface Lease {
  window: number;
  /** Requests this process may still serve without asking. */
  left: number;
  /** What all processes had taken when this one last asked. */
  taken: number;
  asking: Promise<void> | undefined;
}

const WINDOW_SECONDS = 60;

/** A process takes a twentieth of the ceiling at a time: twenty statements a window at most for the busiest key. */
const LEASES_PER_WINDOW = 20;

const TAKE = statement<{ taken: number; granted: number }>(
  'rate_window.take',
  `INSERT INTO tenancy.rate_windows AS w (organization_id, credential_id, started_at, taken, granted)
   VALUES ($1, $2, $3, $4, $4)
   ON CONFLICT (organization_id, credential_id) DO UPDATE SET
     started_at = greatest(w.started_at, excluded.started_at),
     taken = CASE WHEN w.started_at < excluded.started_at THEN excluded.taken
                  ELSE least(w.taken + excluded.taken, greatest($5::integer, w.taken)) END,
     granted = CASE WHEN w.started_at < excluded.started_at THEN excluded.taken
                    ELSE greatest(least(excluded.taken, $5::integer - w.taken), 0) END
   RETURNING taken, granted`,
);

/**
 * A ceiling per credential and minute, shared by all processes. Each leases allowance in blocks from one row, so
 * most requests cost no statement; in return `remaining` may lag by what other processes hold.
 */
export class RateLimiter {
  private readonly leases = new Map<number, Lease>();
  private window = 0;

  constructor(
    private readonly database: Database,
    private readonly limits: Readonly<Record<SurfaceName, number>>,
    private readonly epochMilliseconds: () => number = Date.now,
  ) {}

  /** Counts one request. `undefined` where the surface's limiter is switched off. */
  async take(caller: Caller): Promise<Allowance | undefined> {
    const limit = this.limits[caller.surface];
    if (limit === 0) return undefined;
    const window = Math.floor(this.epochMilliseconds() / 1000 / WINDOW_SECONDS) * WINDOW_SECONDS;
    const lease = this.leaseFor(caller.credentialId, window);
    while (lease.left === 0 && lease.taken < limit) {
      // One statement serves all requests that wait for it.
      lease.asking ??= this.ask(caller, lease, limit).finally(() => (lease.asking = undefined));
      await lease.asking;
    }
    const allowed = lease.left > 0;
    if (allowed) lease.left--;
    return {
      limit,
      remaining: Math.max(limit - lease.taken + lease.left, 0),
      reset: window + WINDOW_SECONDS,
      allowed,
    };
  }

  private leaseFor(credentialId: number, window: number): Lease {
    if (this.window !== window) {
      // Leases of a past window are worth nothing, so the map stays as small as the set of busy keys.
      this.leases.clear();
      this.window = window;
    }
    const known = this.leases.get(credentialId);
    if (known !== undefined) return known;
    const lease: Lease = { window, left: 0, taken: 0, asking: undefined };
    this.leases.set(credentialId, lease);
    return lease;
  }

  private async ask(caller: Caller, lease: Lease, limit: number): Promise<void> {
    const block = Math.max(1, Math.floor(limit / LEASES_PER_WINDOW));
    const { organizationId, credentialId } = caller;
    const values = [organizationId, credentialId, lease.window, block, limit];
    const row = await whenRefused(this.database.one(TAKE, values), {
      fk_rate_windows_credential: () =>
        new Failure('unauthenticated', 'The credential was revoked a moment ago.'),
    });
    // Another process's clock may be a window ahead; what it grants is as good.
    lease.taken = row?.taken ?? limit;
    lease.left += row?.granted ?? 0;
  }
}
