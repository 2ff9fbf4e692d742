/** Something to deliver, as the surface that causes it writes it down. */
export interface OutgoingDelivery {
  /** Which carrier takes it. */
  readonly kind: string;
  /** Whom it is for, in the carrier's terms. */
  readonly target: string;
  readonly payload: object;
}

/**
 * The SQL by which a change writes its deliveries in its own statement: one fragment for a `WITH`, whose parameters
 * are the organization, a JSON list of deliveries, and now. They are due at once by PostgreSQL's clock, which all
 * processes go by.
 */
export function writingDeliveries(organization: string, deliveries: string, now: string): string {
  return `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT ${organization}, d.kind, d.target, d.payload, now(), ${now}::timestamptz
      FROM json_to_recordset(${deliveries}::json) AS d(kind text, target text, payload json)`;
}

/** A delivery on its way out. */
export interface ClaimedDelivery {
  readonly organization_id: number;
  readonly id: string;
  readonly target: string;
  readonly payload: unknown;
  /** This one included. */
  readonly attempts: number;
}

/** How a delivery ended. `kept`: there is no way out, it is here to be looked at. */
export type DeliveryEnd = 'delivered' | 'kept';

/** What became of one attempt: done with, or due once more after a pause in seconds. */
export type Outcome =
  | { readonly state: DeliveryEnd | 'given up'; readonly trouble?: string }
  | { readonly state: 'waiting'; readonly pause: number; readonly trouble: string };

/** It will never arrive, however often it is tried. */
export class Undeliverable extends Error {}

/** Whoever it was for has said that they want it no more; nobody needs to be told. */
export class NotWanted extends Undeliverable {}

/** Takes deliveries of one kind where they belong. A failure means: again, later. */
export interface DeliveryHandler {
  readonly kind: string;
  /** Deliveries under way at a time in one process: in all, of an organization, and to one target. */
  readonly atOnce: number;
  readonly perOrganization: number;
  readonly perTarget?: number;
  /** Deliveries that an organization may begin in an hour; 0 or none for any number. */
  readonly perHour?: number;
  carry(delivery: ClaimedDelivery): Promise<DeliveryEnd>;
}

/** After so many failures a delivery is given up. */
export const MAX_ATTEMPTS = 16;

/** Seconds until the next try: 1, 2, 4 … 9 hours; 18 hours in all. */
export function pauseAfter(attempts: number): number {
  return 2 ** (attempts - 1);
}
