import type { Delivery } from './delivery.entity.js';

/** A delivery as a surface writes it to the outbox. */
export type OutgoingDelivery = Readonly<Pick<Delivery, 'kind' | 'target' | 'payload'>>;

/**
 * SQL for a CTE that inserts deliveries in the statement of the change that causes them. `:deliveries` is a JSON array.
 * They are due immediately by PostgreSQL's clock, which all processes share.
 */
export const INSERT_DELIVERIES = `
  INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
  SELECT :organization_id, d.kind, d.target, d.payload, now(), :now::timestamptz
    FROM json_to_recordset(:deliveries::json) AS d(kind text, target text, payload json)`;

/** A delivery claimed by this process. `attempts` includes this one. */
export type ClaimedDelivery = Readonly<
  Pick<Delivery, 'organization_id' | 'id' | 'target' | 'payload' | 'attempts'>
>;

/** `kept`: not sent, since nothing is configured to send it with; an administrator can read it. */
export type DeliveryEnd = 'delivered' | 'kept';

/** A delivery that is over, and another one that follows it. */
export interface DeliveryWithNext {
  readonly state: DeliveryEnd;
  readonly next: OutgoingDelivery;
}

/** The result of one attempt: finished, or due again after `pause` seconds. */
export type Outcome =
  | {
      readonly state: DeliveryEnd | 'given up';
      readonly trouble?: string;
      /** Due as soon as this outcome is written, in the same statement. */
      readonly next?: OutgoingDelivery;
    }
  | { readonly state: 'waiting'; readonly pause: number; readonly trouble: string };

/** A permanent failure: not retried. */
export class Undeliverable extends Error {}

/** The target was deleted or disabled by its owner, so this is not logged as an error. */
export class TargetDisabled extends Undeliverable {}

/** Sends deliveries of one kind. Any error except `Undeliverable` causes a retry. */
export interface DeliveryHandler {
  readonly kind: string;
  /** Deliveries in flight per process: in total, per organization and per target. */
  readonly concurrency: number;
  readonly perOrganization: number;
  readonly perTarget?: number;
  /** Deliveries that an organization may start per hour; no limit if 0 or not set. */
  readonly perHour?: number;
  deliver(delivery: ClaimedDelivery): Promise<DeliveryEnd | DeliveryWithNext>;
}

/** A delivery is given up after this many failures. */
export const MAX_ATTEMPTS = 16;

/** Seconds until the next attempt: 1, 2, 4 … 9 hours; 18 hours in total. */
export function backoffSeconds(attempts: number): number {
  return 2 ** (attempts - 1);
}
