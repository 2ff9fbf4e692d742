import { flag } from '../../../http/validation/fields.js';

export const NO_EMAILS = flag({ description: 'Sends no mail about this event.', example: false });
export const NOTIFY_VOTES = flag({
  description: 'Whether the organiser is told who voted or declined; so unless it is false.',
  example: true,
});
export const NOTIFY_DATES = flag({
  description: 'Whether the invited are told of new dates and places; so unless it is false.',
  example: true,
});
export const NOTIFY_MESSAGES = flag({
  description: 'Whether everybody is told what others say; so unless it is false.',
  example: true,
});
