import { check, type Field } from '../../../http/validation/field.js';
import { choice, flag } from '../../../http/validation/fields.js';
import { hookUrl } from '../../../webhooks/webhook.fields.js';
import { HOOK_EVENTS } from './poll-hook.events.js';

export const HOOK_URL = hookUrl({
  description: 'Where notices are posted to. Redirects are not followed.',
  example: 'https://example.org/hooks/polls',
});

export const EVENTS: Field = {
  checks: [
    check(
      'areHookEvents',
      `must be a list of some of ${HOOK_EVENTS.join(', ')}`,
      (value) =>
        Array.isArray(value) &&
        value.length > 0 &&
        value.length <= HOOK_EVENTS.length &&
        value.every((item) => (HOOK_EVENTS as readonly unknown[]).includes(item)),
    ),
  ],
  schema: {
    type: 'array',
    items: { type: 'string', enum: [...HOOK_EVENTS] },
    description: 'What it is told; everything unless given.',
    example: ['event.confirmed', 'event.cancelled'],
  },
};

export const ACTION = choice(HOOK_EVENTS, {
  description: 'The one thing that it is told. `vyteme.updated` is accepted and never happens here.',
  example: 'event.confirmed',
});

export const ACTIVE = flag({
  description: 'Whether it is told anything. Switched off by itself when its address answers 410.',
  example: true,
});
