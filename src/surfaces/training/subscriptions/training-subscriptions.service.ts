import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalidField } from '../../../core/failure.js';
import { timeOrderedId } from '../../../core/random-code.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { Webhooks } from '../../../webhooks/webhooks.js';
import { isTrainingId } from '../training-id.js';
import { subscriptionNotFound } from '../training.failures.js';
import { subscriptionContext } from './training-subscription-delivery.js';
import type {
  CreateTrainingSubscriptionDto,
  UpdateTrainingSubscriptionDto,
} from './training-subscriptions.dto.js';
import {
  TrainingSubscriptionsRepository,
  type TrainingSubscriptionRow,
} from './training-subscriptions.repository.js';

/** Subscriptions of an organization, since each change writes one delivery per subscription of its kind. */
const MAX_SUBSCRIPTIONS = 100;

/** Who is told what happens. */
@Injectable()
export class TrainingSubscriptionsService {
  constructor(
    private readonly subscriptions: TrainingSubscriptionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly clock: Clock,
  ) {}

  list({ organizationId }: Caller): Promise<TrainingSubscriptionRow[]> {
    return this.subscriptions.list(organizationId);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingSubscriptionRow> {
    const found = isTrainingId(id)
      ? await this.subscriptions.findSubscription(organizationId, id)
      : undefined;
    if (found === undefined) throw subscriptionNotFound();
    return found;
  }

  /** Returns the subscription and its secret, which is not shown again. */
  async create(
    caller: Caller,
    { target, event }: CreateTrainingSubscriptionDto,
  ): Promise<{ readonly subscription: TrainingSubscriptionRow; readonly secret: string }> {
    this.webhooks.assertPublicUrl(target, 'target');
    const { organizationId: organization_id } = caller;
    const id = timeOrderedId();
    const now = this.clock.now(caller);
    const { secret, sealed_secret } = this.webhooks.createSecret(subscriptionContext(organization_id, id));
    const created = { organization_id, id, target, event, status: 'active', sealed_secret } as const;
    const subscription = await this.unitOfWork.run(async (manager) => {
      const subscriptions = manager.withRepository(this.subscriptions);
      await subscriptions.lockOrganization(organization_id);
      return subscriptions.insertSubscription(
        { ...created, created_at: now, updated_at: now },
        MAX_SUBSCRIPTIONS,
      );
    });
    if (subscription === undefined)
      throw invalidField('', `An organization has at most ${MAX_SUBSCRIPTIONS} subscriptions.`);
    return { subscription, secret };
  }

  async change(
    caller: Caller,
    id: string,
    { target, event, status }: UpdateTrainingSubscriptionDto,
  ): Promise<TrainingSubscriptionRow> {
    if (!isTrainingId(id)) throw subscriptionNotFound();
    if (target !== undefined) this.webhooks.assertPublicUrl(target, 'target');
    const change = { target, event, status };
    const now = this.clock.now(caller);
    const changed = await this.subscriptions.changeSubscription(caller.organizationId, id, change, now);
    if (changed === undefined) throw subscriptionNotFound();
    return changed;
  }

  async delete({ organizationId }: Caller, id: string): Promise<void> {
    if (!isTrainingId(id) || !(await this.subscriptions.deleteSubscription(organizationId, id)))
      throw subscriptionNotFound();
  }
}
