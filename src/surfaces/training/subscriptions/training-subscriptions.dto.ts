import type { Instant } from '../../../core/instant.js';
import { Changeable, Required, ResponseField } from '../../../http/validation/field.js';
import { choice, text } from '../../../http/validation/fields.js';
import { hookUrl } from '../../../webhooks/webhook.fields.js';
import * as training from '../training.fields.js';
import {
  SUBSCRIPTION_EVENTS,
  SUBSCRIPTION_STATUSES,
  type SubscriptionEvent,
  type SubscriptionStatus,
} from './training-subscription.events.js';
import type { TrainingSubscriptionRow } from './training-subscriptions.repository.js';

const TARGET = hookUrl({
  description: 'Where it is posted to. Redirects are not followed.',
  example: 'https://example.org/hooks/training',
});
const EVENT = choice(SUBSCRIPTION_EVENTS, {
  description:
    'What it is told of. `event.finish` follows the clock, within a minute or so; `member.create` counts members of the ' +
    'organization, whichever product or administrator adds them.',
  example: 'event.create',
});
const STATUS = choice(SUBSCRIPTION_STATUSES, {
  description: 'An inactive one is told nothing. It becomes inactive by itself when its address answers 410.',
  example: 'active',
});
const SECRET = text({
  max: 128,
  description: 'Verifies the signatures (Standard Webhooks). Shown this once.',
  example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
});

export class CreateTrainingSubscriptionDto {
  @Required(TARGET) target!: string;
  @Required(EVENT) event!: SubscriptionEvent;
}

export class UpdateTrainingSubscriptionDto {
  @Changeable(TARGET) target?: string;
  @Changeable(EVENT) event?: SubscriptionEvent;
  @Changeable(STATUS) status?: SubscriptionStatus;
}

/** The only resource of this product in camel case. */
export class TrainingSubscriptionResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(TARGET) target!: string;
  @ResponseField(EVENT) event!: SubscriptionEvent;
  @ResponseField(STATUS) status!: SubscriptionStatus;
  @ResponseField(training.CREATED_AT) createdAt!: Instant;
  @ResponseField(training.UPDATED_AT) updatedAt!: Instant;
}

export class NewTrainingSubscriptionResponseDto extends TrainingSubscriptionResponseDto {
  @ResponseField(SECRET) secret!: string;
}

export function viewTrainingSubscription(row: TrainingSubscriptionRow): TrainingSubscriptionResponseDto {
  const { id, target, event, status, created_at: createdAt, updated_at: updatedAt } = row;
  return { id, target, event, status, createdAt, updatedAt };
}
