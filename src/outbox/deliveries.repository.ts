import { Batcher } from '../database/batcher.js';
import { acrossOrganizations, statement } from '../database/statement.js';
import { StatementRepository } from '../database/statement-repository.js';
import { CLAIM_BY_ORGANIZATION, CLAIM_BY_TARGET } from './claim-statements.js';
import { Delivery } from './delivery.entity.js';
import type { DeliveryHandler, ClaimedDelivery, Outcome } from './outbox.js';

// Replaying a delivery that is in flight resets its attempts; the outcome of the old attempt is then ignored.
const SETTLE = statement<object>(
  'outbox.settle',
  `UPDATE outbox.deliveries d
      SET state = o.state, trouble = o.trouble,
          done_at = CASE WHEN o.state <> 'waiting' THEN now() END,
          due_at = CASE WHEN o.state = 'waiting' THEN now() + o.pause * interval '1 second' ELSE d.due_at END
     FROM unnest(:organization_ids::integer[], :ids::bigint[], :attempts::integer[], :states::text[],
                 :pauses::integer[], :troubles::text[])
       AS o(organization_id, id, attempts, state, pause, trouble)
    WHERE d.organization_id = o.organization_id AND d.id = o.id AND d.attempts = o.attempts`,
);

const PRUNE_BATCH = 2000;

const PRUNE = acrossOrganizations(
  statement<{ pruned: number }>(
    'outbox.prune',
    `WITH gone AS (
     DELETE FROM outbox.deliveries WHERE (organization_id, id) IN (
       SELECT organization_id, id FROM outbox.deliveries
        WHERE done_at < now() - :days::integer * interval '1 day'
        ORDER BY done_at LIMIT ${PRUNE_BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING id)
   SELECT count(*)::integer AS pruned FROM gone`,
  ),
);

/** The number of deliveries in flight to a target. */
export interface InFlight {
  readonly organization_id: number;
  readonly target: string;
  readonly count: number;
}

/** An outcome that waits to be written together with others. */
interface Settlement {
  readonly delivery: ClaimedDelivery;
  readonly outcome: Outcome;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The outbox table. Due times, leases and completion times use PostgreSQL's clock, since processes share them and their
 * own clocks may differ.
 */
export class DeliveriesRepository extends StatementRepository<Delivery> {
  static readonly entity = Delivery;

  private readonly settlements = new Batcher<Settlement>((all) => this.writeSettlements(all), {
    maxSize: Infinity,
  });

  /** Claims up to `limit` due deliveries for this process. */
  claim(
    { kind, perOrganization, perTarget, perHour }: DeliveryHandler,
    limit: number,
    inFlight: readonly InFlight[],
  ): Promise<ClaimedDelivery[]> {
    return this.database.inBackground(perTarget === undefined ? CLAIM_BY_ORGANIZATION : CLAIM_BY_TARGET, {
      kind,
      limit,
      per_organization: perOrganization,
      per_target: perTarget,
      per_hour: perHour ?? 0,
      organization_ids: inFlight.map(({ organization_id }) => organization_id),
      targets: inFlight.map(({ target }) => target),
      counts: inFlight.map(({ count }) => count),
    });
  }

  /** Writes the outcome of a delivery; outcomes of the same event loop iteration share a statement. */
  settle(delivery: ClaimedDelivery, outcome: Outcome): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settlements.add({ delivery, outcome, resolve, reject });
    });
  }

  /** Deletes deliveries that finished more than `days` days ago. Concurrent processes delete different rows. */
  async prune(days: number, stopping: AbortSignal): Promise<void> {
    for (let pruned = PRUNE_BATCH; pruned === PRUNE_BATCH && !stopping.aborted;) {
      pruned = (await this.database.inBackground(PRUNE, { days }))[0]?.pruned ?? 0;
    }
  }

  private async writeSettlements(all: readonly Settlement[]): Promise<void> {
    try {
      await this.database.inBackground(SETTLE, {
        organization_ids: all.map(({ delivery }) => delivery.organization_id),
        ids: all.map(({ delivery }) => delivery.id),
        attempts: all.map(({ delivery }) => delivery.attempts),
        states: all.map(({ outcome }) => outcome.state),
        pauses: all.map(({ outcome }) => ('pause' in outcome ? outcome.pause : null)),
        troubles: all.map(({ outcome }) => outcome.trouble ?? null),
      });
      for (const { resolve } of all) resolve();
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  }
}
