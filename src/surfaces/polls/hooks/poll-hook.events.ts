/** Event types that a hook can subscribe to. */
export const HOOK_EVENTS = [
  'event.created',
  'event.confirmed',
  'event.updated',
  'event.cancelled',
  'event.voted',
  'event.new_invitee',
] as const;

export type HookEvent = (typeof HOOK_EVENTS)[number];

/** `kind` of hook deliveries in the outbox. */
export const HOOK_KIND = 'polls.hook';
