import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant } from '../core/instant.js';
import type { ClaimedDelivery, DeliveryEnd } from './outbox.js';

/**
 * Whoever claims a delivery has it for this long. A process that dies meanwhile leaves it to the others, so it
 * arrives at least once; the carriers' own time limits are shorter.
 */
export const LEASE_SECONDS = 60;

const CLAIM = `
  UPDATE outbox.deliveries d SET attempts = d.attempts + 1, due_at = $2::timestamptz + $4::integer * interval '1 second'
    FROM (SELECT organization_id, id FROM outbox.deliveries
           WHERE state = 'waiting' AND due_at <= $2::timestamptz AND kind = ANY($1::text[])
           ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
   WHERE d.organization_id = due.organization_id AND d.id = due.id
  RETURNING d.kind, d.organization_id, d.id, d.target, d.payload, d.attempts, d.created_at`;

const END = `UPDATE outbox.deliveries SET state = $3, done_at = $4, trouble = NULL WHERE organization_id = $1 AND id = $2`;

const POSTPONE = `UPDATE outbox.deliveries SET due_at = $3, trouble = $4 WHERE organization_id = $1 AND id = $2`;

const GIVE_UP = `
  UPDATE outbox.deliveries SET state = 'given up', done_at = $3, trouble = $4 WHERE organization_id = $1 AND id = $2`;

type Which = Pick<ClaimedDelivery, 'organization_id' | 'id'>;

/** What waits to be delivered. Goes past `Database`, whose count of statements tells what requests cost. */
@Injectable()
export class Deliveries {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes what is due, so that no other process does. */
  async claim(
    kinds: readonly string[],
    now: Instant,
    limit: number,
  ): Promise<(ClaimedDelivery & { kind: string })[]> {
    const [rows] = (await this.dataSource.query(CLAIM, [kinds, now, limit, LEASE_SECONDS])) as [
      (ClaimedDelivery & { kind: string })[],
    ];
    return rows;
  }

  async end({ organization_id, id }: Which, how: DeliveryEnd, now: Instant): Promise<void> {
    await this.dataSource.query(END, [organization_id, id, how, now]);
  }

  async postpone({ organization_id, id }: Which, until: Instant, trouble: string): Promise<void> {
    await this.dataSource.query(POSTPONE, [organization_id, id, until, trouble]);
  }

  async giveUp({ organization_id, id }: Which, now: Instant, trouble: string): Promise<void> {
    await this.dataSource.query(GIVE_UP, [organization_id, id, now, trouble]);
  }
}
