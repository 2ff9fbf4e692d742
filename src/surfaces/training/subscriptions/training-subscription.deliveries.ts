import { SUBSCRIPTION_KIND, type SubscriptionEvent } from './training-subscription.events.js';

/** Rows to tell subscriptions of. */
interface ToldRows {
  /** SQL of the columns of a row, as the API's view of it expects them. */
  readonly columns: string;
  /** SQL behind FROM. */
  readonly from: string;
  /** Alias of a relation in `from` with `organization_id`. */
  readonly alias: string;
  /** SQL of the time at which it happens. */
  readonly at?: string;
  /** SQL of a condition on `from`. */
  readonly where?: string;
}

/**
 * SQL for a CTE that writes a delivery to each active subscription of `event`, for each of the rows, in the statement of
 * the change. Deliveries hold the row; what the API shows of it is written when they are sent, so that an organization
 * without subscriptions pays for an index lookup only.
 */
export function tellSubscriptions(
  event: SubscriptionEvent,
  { columns, from, alias, at = ':now', where = 'true' }: ToldRows,
): string {
  return `
     INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
     SELECT s.organization_id, '${SUBSCRIPTION_KIND}', s.id,
            json_build_object('event', s.event, 'at', ${at}::timestamptz,
                              'row', (SELECT to_json(shown) FROM (SELECT ${columns}) shown)),
            now(), ${at}::timestamptz
       FROM ${from}
       JOIN training.subscriptions s
         ON s.organization_id = ${alias}.organization_id AND s.event = '${event}' AND s.status = 'active'
      WHERE ${where}`;
}
