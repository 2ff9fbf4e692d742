import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../core/clock.js';
import type { ClaimedDelivery, DeliveryEnd, DeliveryHandler } from '../../../outbox/outbox.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { viewPollUser } from './poll-users.dto.js';
import { PollUsersRepository } from './poll-users.repository.js';

/** Tells hooks of new members. A trigger writes its deliveries, since members are made in several ways. */
@Injectable()
export class PollJoinedDelivery implements DeliveryHandler, OnModuleInit {
  readonly kind = 'polls.joined';
  readonly concurrency = 4;
  readonly perOrganization = 1;

  constructor(
    private readonly users: PollUsersRepository,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register(this);
  }

  async deliver({ organization_id, target }: ClaimedDelivery): Promise<DeliveryEnd> {
    const user = await this.users.findUser(organization_id, target);
    if (user === undefined) return 'delivered';
    const resource = JSON.stringify(viewPollUser(user));
    if (await this.users.tellJoined(organization_id, resource, this.clock.now())) this.outbox.wake();
    return 'delivered';
  }
}
