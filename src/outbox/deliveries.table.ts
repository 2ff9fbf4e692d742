import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../core/instant.js';
import { Turn } from '../database/turn.js';
import type { ClaimedDelivery, Outcome } from './outbox.js';

/**
 * Whoever claims a delivery has it for this long. A process that dies meanwhile leaves it to the others, so it
 * arrives at least once; the carriers' own time limits are shorter.
 */
export const LEASE_SECONDS = 60;

/** How far a look reaches, oldest first; targets without a free place are passed over. */
const REACH = 200;

const CLAIM = `
  WITH taken AS (
    SELECT * FROM unnest($5::integer[], $6::text[], $7::integer[]) AS t(organization_id, target, places)
  ), due AS (
    SELECT organization_id, id, target, due_at FROM outbox.deliveries d
     WHERE state = 'waiting' AND due_at <= $2::timestamptz AND kind = $1
       AND NOT EXISTS (SELECT FROM taken t WHERE t.organization_id = d.organization_id AND t.target = d.target
                                             AND t.places >= $4::integer)
     ORDER BY due_at, id LIMIT ${REACH}
  ), fair AS (
    SELECT d.*, coalesce(t.places, 0) + row_number() OVER (PARTITION BY d.organization_id, d.target
                                                           ORDER BY d.due_at, d.id) AS place,
           count(*) OVER () AS seen
      FROM due d LEFT JOIN taken t ON t.organization_id = d.organization_id AND t.target = d.target
  ), chosen AS (
    SELECT d.organization_id, d.id, f.seen FROM fair f
      JOIN outbox.deliveries d ON d.organization_id = f.organization_id AND d.id = f.id
     WHERE f.place <= $4::integer AND d.state = 'waiting' AND d.due_at <= $2::timestamptz
     ORDER BY f.due_at, f.id LIMIT $3 FOR UPDATE OF d SKIP LOCKED)
  UPDATE outbox.deliveries d SET attempts = d.attempts + 1, due_at = $2::timestamptz + interval '${LEASE_SECONDS} seconds'
    FROM chosen WHERE d.organization_id = chosen.organization_id AND d.id = chosen.id
  RETURNING d.organization_id, d.id, d.target, d.payload, d.attempts, d.created_at, chosen.seen::integer AS seen`;

// Whoever replays a delivery that is under way starts its attempts anew; how this one ends says nothing then.
const SETTLE = `
  UPDATE outbox.deliveries d
     SET state = o.state, done_at = o.done_at, due_at = coalesce(o.due_at, d.due_at), trouble = o.trouble
    FROM unnest($1::integer[], $2::bigint[], $3::integer[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[])
      AS o(organization_id, id, attempts, state, done_at, due_at, trouble)
   WHERE d.organization_id = o.organization_id AND d.id = o.id AND d.attempts = o.attempts`;

const PRUNE_BATCH = 2000;

const PRUNE = `
  DELETE FROM outbox.deliveries WHERE (organization_id, id) IN (
    SELECT organization_id, id FROM outbox.deliveries
     WHERE done_at < $1 ORDER BY done_at LIMIT ${PRUNE_BATCH} FOR UPDATE SKIP LOCKED)`;

export interface Claim {
  readonly kind: string;
  readonly limit: number;
  /** Deliveries under way to one target at a time, and those that are by now. */
  readonly perTarget: number;
  readonly taken: readonly {
    readonly organization_id: number;
    readonly target: string;
    readonly count: number;
  }[];
}

/** How a delivery ended, waiting to be written down with others. */
interface Settled {
  readonly delivery: ClaimedDelivery;
  readonly outcome: Outcome;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What waits to be delivered. Goes past `Database`, whose count of statements tells what requests cost. */
@Injectable()
export class Deliveries {
  private readonly settled = new Turn<typeof SETTLE, Settled>((_, all) => void this.writeSettled(all));

  constructor(private readonly dataSource: DataSource) {}

  /** Takes what is due, so that no other process does; `seen` counts what was within reach. */
  async claim(
    { kind, limit, perTarget, taken }: Claim,
    now: Instant,
  ): Promise<{ readonly claimed: ClaimedDelivery[]; readonly seen: number }> {
    const [claimed] = (await this.dataSource.query(CLAIM, [
      kind,
      now,
      limit,
      perTarget,
      taken.map(({ organization_id }) => organization_id),
      taken.map(({ target }) => target),
      taken.map(({ count }) => count),
    ])) as [(ClaimedDelivery & { seen: number })[]];
    return { claimed, seen: claimed[0]?.seen ?? 0 };
  }

  /** Writes down how a delivery ended; those that end in one turn of the event loop share a statement. */
  settle(delivery: ClaimedDelivery, outcome: Outcome): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settled.add(SETTLE, { delivery, outcome, resolve, reject }, Infinity);
    });
  }

  /** Forgets what was done with before this time. Of several processes that do it at once, each takes other rows. */
  async prune(before: Instant, stopping: AbortSignal): Promise<void> {
    for (let pruned = PRUNE_BATCH; pruned === PRUNE_BATCH && !stopping.aborted;) {
      [, pruned] = (await this.dataSource.query(PRUNE, [before])) as [unknown, number];
    }
  }

  private async writeSettled(all: readonly Settled[]): Promise<void> {
    const column = <T>(value: (one: Settled) => T): T[] => all.map(value);
    try {
      await this.dataSource.query(SETTLE, [
        column(({ delivery }) => delivery.organization_id),
        column(({ delivery }) => delivery.id),
        column(({ delivery }) => delivery.attempts),
        column(({ outcome }) => outcome.state),
        column(({ outcome }) => ('at' in outcome ? outcome.at : null)),
        column(({ outcome }) => ('due' in outcome ? outcome.due : null)),
        column(({ outcome }) => outcome.trouble ?? null),
      ]);
      for (const { resolve } of all) resolve();
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  }
}
