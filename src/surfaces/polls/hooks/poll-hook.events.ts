/** What a hook can ask for. */
export const HOOK_EVENTS = [
  'event.created',
  'event.confirmed',
  'event.updated',
  'event.cancelled',
  'event.voted',
  'event.new_invitee',
] as const;

export type HookEvent = (typeof HOOK_EVENTS)[number];

/** The outbox's word for what the hook carrier takes. */
export const HOOK_KIND = 'polls.hook';
