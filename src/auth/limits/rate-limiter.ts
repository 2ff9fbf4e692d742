import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import type { Caller } from '../../core/caller.js';
import { Failure } from '../../core/failure.js';
import { whenRefused } from '../../database/failures.js';
import {
  RATE_WINDOW_CREDENTIAL_FK,
  RateWindowsRepository,
  WINDOW_SECONDS,
} from './rate-windows.repository.js';

/** A credential's rate limit, for the response headers. */
export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in epoch seconds by PostgreSQL's clock. */
  readonly reset: number;
  readonly secondsLeft: number;
  readonly allowed: boolean;
}

interface Lease {
  /** When the window ends: in epoch seconds, and by `performance.now()`. */
  reset: number;
  endsAt: number;
  /** Requests that this process may still serve without a statement. */
  left: number;
  /** Requests taken by all processes, as of this process's last statement. */
  taken: number;
  pendingTake: Promise<void> | undefined;
}

/** A process leases a twentieth of the limit at a time, so a key causes at most twenty statements per window. */
const LEASES_PER_WINDOW = 20;

/**
 * A rate limit per credential and minute, shared by all processes. Each process leases requests in blocks from one row,
 * so most requests need no statement; in return `remaining` ignores what other processes have not used yet.
 */
@Injectable()
export class RateLimiter {
  private readonly leases = new Map<number, Lease>();
  private sweepAt = 0;

  constructor(
    private readonly windows: RateWindowsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Counts one request. `undefined` if the surface has no rate limit. */
  async take(caller: Caller): Promise<RateLimitState | undefined> {
    const limit = this.config.rateLimits[caller.surface];
    if (limit === 0) return undefined;
    const lease = this.leaseFor(caller.credentialId);
    while (lease.left === 0 && lease.taken < limit) {
      // One statement serves all waiting requests.
      lease.pendingTake ??= this.leaseBlock(caller, lease, limit).finally(
        () => (lease.pendingTake = undefined),
      );
      await lease.pendingTake;
    }
    const allowed = lease.left > 0;
    if (allowed) lease.left--;
    return {
      limit,
      remaining: Math.max(limit - lease.taken + lease.left, 0),
      reset: lease.reset,
      secondsLeft: (lease.endsAt - performance.now()) / 1000,
      allowed,
    };
  }

  private leaseFor(credentialId: number): Lease {
    const now = performance.now();
    if (now >= this.sweepAt) {
      // Leases of past windows are useless; deleting them keeps the map as small as the set of active keys.
      for (const [id, { endsAt }] of this.leases) if (endsAt <= now) this.leases.delete(id);
      this.sweepAt = now + WINDOW_SECONDS * 1000;
    }
    const known = this.leases.get(credentialId);
    if (known !== undefined && known.endsAt > now) return known;
    const lease: Lease = { reset: 0, endsAt: Infinity, left: 0, taken: 0, pendingTake: undefined };
    this.leases.set(credentialId, lease);
    return lease;
  }

  private async leaseBlock(caller: Caller, lease: Lease, limit: number): Promise<void> {
    const block = Math.max(1, Math.floor(limit / LEASES_PER_WINDOW));
    const { organizationId, credentialId } = caller;
    const startedAt = performance.now();
    const row = await whenRefused(this.windows.take(organizationId, credentialId, block, limit), {
      [RATE_WINDOW_CREDENTIAL_FK]: () =>
        new Failure('unauthenticated', 'The credential was revoked a moment ago.'),
    });
    // If a new window has begun, what is left of the previous lease is void.
    lease.left = row.started_at + WINDOW_SECONDS === lease.reset ? lease.left + row.granted : row.granted;
    lease.taken = row.taken;
    lease.reset = row.started_at + WINDOW_SECONDS;
    lease.endsAt = startedAt + row.seconds_left * 1000;
  }
}
