import type { Instant } from '../../../core/instant.js';
import { batchedRead } from '../../../database/batched-read.js';
import { columnNames, selectList, setFromJson } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { TrainingSubscription } from './training-subscription.entity.js';

export type TrainingSubscriptionRow = Readonly<Omit<TrainingSubscription, 'organization_id'>>;

/** `undefined` leaves a field unchanged. */
export type TrainingSubscriptionChange = {
  readonly [Field in 'target' | 'event' | 'status']?: TrainingSubscription[Field] | undefined;
};

const COLUMNS = selectList(TrainingSubscription, 's', { without: ['organization_id'] });

const LIST = statement<TrainingSubscriptionRow>(
  'training.subscription.list',
  `SELECT ${COLUMNS} FROM training.subscriptions s WHERE s.organization_id = :organization_id
    ORDER BY s.created_at, s.id`,
);

// Batched, since many deliveries start at once and each reads its subscription.
const FIND = batchedRead<TrainingSubscriptionRow>(
  'training.subscription.find',
  { organization_id: 'integer', id: 'text' },
  `SELECT input.n, ${COLUMNS}
     FROM {input}
     JOIN training.subscriptions s ON s.organization_id = input.organization_id AND s.id = input.id`,
);

const LOCK_ORGANIZATION = statement<object>(
  'training.subscription.lock_organization',
  `SELECT FROM tenancy.organizations WHERE id = :organization_id FOR NO KEY UPDATE`,
);

const NAMES = columnNames(TrainingSubscription);

const CREATE = statement<TrainingSubscriptionRow>(
  'training.subscription.create',
  `INSERT INTO training.subscriptions AS s (${NAMES.join(', ')})
   SELECT ${NAMES.map((name) => `:${name}`).join(', ')}
    WHERE (SELECT count(*) FROM training.subscriptions WHERE organization_id = :organization_id) < :most
   RETURNING ${COLUMNS}`,
);

const CHANGE = statement<TrainingSubscriptionRow>(
  'training.subscription.change',
  `WITH s AS (
     UPDATE training.subscriptions old
        SET ${setFromJson(TrainingSubscription, ['target', 'event', 'status', 'updated_at'])}
      WHERE organization_id = :organization_id AND id = :id
     RETURNING *)
   SELECT ${COLUMNS} FROM s`,
);

/** Subscriptions. Every statement is limited to one organization. */
export class TrainingSubscriptionsRepository extends StatementRepository<TrainingSubscription> {
  static readonly entity = TrainingSubscription;

  /** Oldest first. */
  list(organization_id: number): Promise<TrainingSubscriptionRow[]> {
    return this.all(LIST, { organization_id });
  }

  async findSubscription(organization_id: number, id: string): Promise<TrainingSubscriptionRow | undefined> {
    return (await this.readBatched(FIND, [organization_id, id]))[0];
  }

  /** Locks the organization until the transaction ends, so that its subscriptions are counted one after the other. */
  async lockOrganization(organization_id: number): Promise<void> {
    await this.all(LOCK_ORGANIZATION, { organization_id });
  }

  /** `undefined` if the organization, which must be locked, has `most` subscriptions already. */
  insertSubscription(
    subscription: Readonly<TrainingSubscription>,
    most: number,
  ): Promise<TrainingSubscriptionRow | undefined> {
    return this.one(CREATE, { ...subscription, most });
  }

  /** `undefined` if it does not exist. */
  changeSubscription(
    organization_id: number,
    id: string,
    change: TrainingSubscriptionChange,
    now: Instant,
  ): Promise<TrainingSubscriptionRow | undefined> {
    return this.one(CHANGE, {
      organization_id,
      id,
      change: JSON.stringify({ ...change, updated_at: now }),
    });
  }

  /** Returns whether a row was deleted. What waits to be delivered to it is given up when it is due. */
  async deleteSubscription(organization_id: number, id: string): Promise<boolean> {
    return (await this.delete({ organization_id, id })).affected === 1;
  }
}
