import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import { parseInstant, type Instant } from '../../../core/instant.js';
import {
  Webhooks,
  type WebhookMessage,
  type WebhookReceiver,
  type WebhookReceivers,
} from '../../../webhooks/webhooks.js';
import { viewTrainingClass } from '../classes/training-classes.dto.js';
import { viewTrainingEnrollment } from '../enrollments/training-enrollments.dto.js';
import { EVENT_LINK, writeTrainingEvent, type EventLink } from '../events/training-events.dto.js';
import { viewTrainingMember } from '../members/training-members.dto.js';
import { viewTrainingCourse } from '../ondemand/training-courses.dto.js';
import { SUBSCRIPTION_KIND, type SubscriptionEvent } from './training-subscription.events.js';
import { TrainingSubscriptionsRepository } from './training-subscriptions.repository.js';

/** A delivery as `tellSubscriptions` writes it. Times are in the format of PostgreSQL's JSON. */
interface Payload {
  readonly event: SubscriptionEvent;
  readonly at: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Writes the JSON that the API shows of a row. The type of the row follows from the event. */
type Writer = (row: never, at: Instant) => string;

const TIMES = ['date_start', 'date_end', 'created_at', 'updated_at', 'enrolled_at', 'finished_at'];

/** Subscriptions as receivers of deliveries. */
@Injectable()
export class TrainingSubscriptionDelivery implements WebhookReceivers, OnModuleInit {
  readonly kind = SUBSCRIPTION_KIND;
  readonly secretContext = subscriptionContext;
  private readonly writers: Readonly<Record<SubscriptionEvent, Writer>>;

  constructor(
    private readonly subscriptions: TrainingSubscriptionsRepository,
    private readonly webhooks: Webhooks,
    @Inject(EVENT_LINK) linkTo: EventLink,
    @Inject(CONFIG) { publicUrl }: Config,
  ) {
    const event: Writer = (row, at) => writeTrainingEvent(row, at, linkTo);
    const enrollment: Writer = (row) => JSON.stringify(viewTrainingEnrollment(row, publicUrl));
    this.writers = {
      'event.create': event,
      'event.update': event,
      'event.delete': event,
      'event.finish': event,
      'class.create': (row) => JSON.stringify(viewTrainingClass(row)),
      'member.create': (row) => JSON.stringify(viewTrainingMember(row)),
      'partner.create': (row) => JSON.stringify(row),
      'ondemand.create': (row) => JSON.stringify(viewTrainingCourse(row)),
      'enrollment.create': enrollment,
      'enrollment.finished': enrollment,
    };
  }

  onModuleInit(): void {
    this.webhooks.register(this);
  }

  async findReceiver(organizationId: number, id: string): Promise<WebhookReceiver | undefined> {
    const found = await this.subscriptions.findSubscription(organizationId, id);
    return found?.status === 'active' ? { url: found.target, sealed_secret: found.sealed_secret } : undefined;
  }

  switchOff(organizationId: number, id: string, now: Instant): Promise<unknown> {
    return this.subscriptions.changeSubscription(organizationId, id, { status: 'inactive' }, now);
  }

  messageOf(payload: object): WebhookMessage {
    const { event, at, row } = payload as Payload;
    const body = this.writers[event](withInstants(row) as never, parseInstant(at) as Instant);
    return { body, headers: { 'x-quintet-event': event } };
  }
}

/** Encryption context that binds a sealed secret to its subscription. */
export function subscriptionContext(organizationId: number, id: string): string {
  return `training subscription ${organizationId} ${id}`;
}

function withInstants(row: Payload['row']): object {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    TIMES.includes(name) && typeof value === 'string' ? parseInstant(value) : value,
  ]);
  return Object.fromEntries(entries) as object;
}
