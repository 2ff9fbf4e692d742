/** What can be subscribed to. */
export const SUBSCRIPTION_EVENTS = [
  'event.create',
  'event.update',
  'event.delete',
  'event.finish',
  'class.create',
  'member.create',
  'partner.create',
  'ondemand.create',
  'enrollment.create',
  'enrollment.finished',
] as const;

export type SubscriptionEvent = (typeof SUBSCRIPTION_EVENTS)[number];

export const SUBSCRIPTION_STATUSES = ['active', 'inactive'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** `kind` of the deliveries of subscriptions in the outbox. */
export const SUBSCRIPTION_KIND = 'training.subscription';
