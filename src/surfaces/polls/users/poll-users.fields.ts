import { check, type Field } from '../../../http/validation/field.js';
import { choice, isAddress, text, timeZone } from '../../../http/validation/fields.js';
import { POLL_LANGUAGES } from '../events/poll-event.js';
import { POLL_ID } from '../poll-id.js';
import { commaSeparated, id } from '../polls.fields.js';

export const EMAILS: Field = {
  checks: [
    check(
      'isOneEmail',
      'must be a list of one e-mail address',
      (value) => Array.isArray(value) && value.length === 1 && isAddress(value[0]),
    ),
  ],
  schema: {
    type: 'array',
    items: { type: 'string', format: 'email', maxLength: 254 },
    minItems: 1,
    maxItems: 1,
    description: 'The address, as a list of one.',
    example: ['ada@example.org'],
  },
};
export const EXTID = text({
  min: 1,
  max: 256,
  description: 'Your own id of the user, unique in the organization.',
  example: 'employee-17',
});
export const FIRST_NAME = text({ max: 128, description: 'First name.', example: 'Ada' });
export const LAST_NAME = text({ max: 128, description: 'Last name.', example: 'Lovelace' });
export const FULL_NAME = text({
  max: 256,
  description: 'Full name; without it, first and last name.',
  example: 'Ada Lovelace',
});
export const LANGUAGE = choice(POLL_LANGUAGES, {
  description: 'Language; `en` unless known.',
  example: 'en',
});
export const USER_TIMEZONE = timeZone({
  description: 'IANA zone of the user, else that of the organization.',
  example: 'Europe/London',
});

export const ORGANIZATION_ID = id('Id of the organization.', '5eecc40b0000000000000007');
export const userIds = (description: string): Field => ({
  checks: [],
  schema: {
    type: 'array',
    items: { type: 'string', pattern: POLL_ID.source },
    description: `${description} By id.`,
    example: ['5eecc40bb2181073ac6ff375'],
  },
});
export const USER_ID_OR_EMAIL: Field = {
  checks: [
    check(
      'isUserIdOrEmail',
      'must be the id of a user or an e-mail address',
      (value) => (typeof value === 'string' && POLL_ID.test(value)) || isAddress(value),
    ),
  ],
  schema: {
    type: 'string',
    description: 'A user of the organization, by id or by address.',
    example: '5eecc40bb2181073ac6ff375',
  },
};
export const USER_EMAILS = commaSeparated('Addresses: users with any of them.', 'ada@example.org');
export const USER_EXTIDS = commaSeparated('Your own ids: users with any of them.', 'employee-17');
