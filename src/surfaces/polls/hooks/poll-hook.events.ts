/** Event types that a hook can subscribe to. */
export const HOOK_EVENTS = [
  'event.created',
  'event.confirmed',
  'event.updated',
  'event.cancelled',
  'event.voted',
  'event.new_invitee',
  'user.joined',
  'vyteme.updated',
] as const;

/** What a hook is told unless it says otherwise: all that happens in this service. */
export const FIRED_EVENTS = HOOK_EVENTS.filter((event) => event !== 'vyteme.updated');

export type HookEvent = (typeof HOOK_EVENTS)[number];

/** `kind` of hook deliveries in the outbox. */
export const HOOK_KIND = 'polls.hook';
