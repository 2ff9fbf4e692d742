import { Matches } from 'class-validator';
import { check, type Field } from '../../http/validation/field.js';
import { isAddress, choice, email, flag, instant, text, timeZone } from '../../http/validation/fields.js';
import { ISO_8601, parseInstant } from '../../core/instant.js';
import { POLL_LANGUAGES } from './events/poll-event.js';
import { POLL_ID } from './poll-id.js';

/** Maximum list lengths; the product documents none. */
export const MAX_DATES = 500;
export const MAX_PLACES = 100;
export const MAX_INVITEES = 1000;
export const MAX_MESSAGES = 100;
export const MAX_GROUPS = 100;

export function id(description: string, example = '5f0d7eb02003d0971e2a961a'): Field {
  return {
    checks: [Matches(POLL_ID, { message: 'must be an id of 24 lower-case hex digits' })],
    schema: { type: 'string', pattern: POLL_ID.source, description, example },
  };
}

/** A date in a request, converted to an instant once its time zone is known. */
function dateInput(description: string, example: string): Field {
  return {
    checks: [
      check(
        'isDate',
        'must be an existing date and time in ISO 8601, such as 2030-05-04T09:00:00',
        (value) => typeof value === 'string' && parseInstant(value) !== undefined,
      ),
    ],
    schema: { type: 'string', pattern: ISO_8601.source, description, example },
  };
}

/** Comma-separated values in one parameter. */
export function commaSeparated(description: string, example: string): Field {
  return {
    checks: [
      check(
        'isCommaList',
        `must be at most ${MAX_GROUPS} values parted by commas`,
        (value) =>
          typeof value === 'string' && value.split(',').length <= MAX_GROUPS && !value.includes('\0'),
      ),
    ],
    schema: { type: 'string', description, example },
    transform: (value: string) =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
  };
}

export const EVENT_ID = id('Id of the event.');
export const DATE_ID = id('Id of the date.', '5f0d7eb02003d0174a2a961c');
export const PLACE_ID = id('Id of the place.', '5f0d7eb02003d081072a961d');
export const INVITEE_ID = id('Id of the invitee in this event.', '5f0d7eb02003d097742a961e');
export const USER_ID = id('Id of the user, the same in all events.', '5eecc40bb2181073ac6ff375');
export const OWN_ID = id('Its id.', '5f0d7eb02003d04dab2a961f');
export const TEAM_ID = id('Id of the team.', '5f0d7eb02003d0b91c2a9701');
export const HOOK_ID = id('Id of the hook.', '5f0d7eb02003d0f6e32a9622');
export const DELIVERY_ID: Field = {
  checks: [],
  schema: {
    type: 'string',
    pattern: '^\\d+$',
    description: 'Its id; the header `webhook-id` is `msg_` and this.',
    example: '42',
  },
};

export const TITLE = text({
  min: 1,
  max: 500,
  description: 'What the event is called.',
  example: 'Kick-off',
});
export const EMAIL = email({ description: 'E-mail address.', example: 'ada@example.org' });
export const CREATOR_EMAIL: Field = {
  ...EMAIL,
  checks: [
    check(
      'isEmailOrUser',
      'must be an e-mail address, unless user names the creator by id',
      (value, creator) => (value == null ? (creator as { user?: unknown }).user != null : isAddress(value)),
    ),
  ],
};
export const FULL_NAME = text({
  max: 256,
  description: 'Full name; empty where unknown.',
  example: 'Ada Lovelace',
});
export const PHONE = text({ max: 64, description: 'Telephone number.', example: '+33 6 01 02 03 04' });
export const PICTURE_URL = text({
  max: 2048,
  description: 'Address of a picture; empty where there is none.',
  example: '',
});
export const TIMEZONE = timeZone({
  description: 'IANA zone of the event. Dates without an offset are read in it; else in the creator’s.',
  example: 'Europe/Paris',
});
export const LANG = choice(POLL_LANGUAGES, {
  description: 'Language of the mails and the page.',
  example: 'en',
});
export const LOCALE = choice(POLL_LANGUAGES, {
  description: 'Language in which dates are spelt.',
  example: 'en',
});
export const VYTEME = flag({
  description: 'Whether it comes from a booking page; shown when given.',
  example: false,
});
export const CONFIRMED_FLAG = flag({ description: 'Whether the event is confirmed.', example: false });

export const ALL_DAY = flag({ description: 'Whether it takes whole days.', example: false });
export const DATE_INPUT = dateInput(
  'When it starts. An offset counts; without one it is read in the zone of the event, else of its creator.',
  '2030-05-04T09:00:00',
);
export const END_DATE_INPUT = dateInput('When it ends; may equal the start.', '2030-05-04T10:00:00');
export const DATE = instant({ description: 'When it starts, in UTC.', example: '2030-05-04T07:00:00.000Z' });
export const END_DATE = instant({
  description: 'When it ends, in UTC.',
  example: '2030-05-04T08:00:00.000Z',
});
export const EXISTING_ID = id(
  'Names an entry that is there already: it keeps its id and votes.',
  '5f0d7eb02003d0174a2a961c',
);

export const PLACE_NAME = text({ min: 1, max: 500, description: 'Name of the place.', example: 'Room 3' });
export const ADDRESS = text({
  max: 2048,
  description:
    'Where it is: a postal address, a link, a telephone number. A place with a `source` other than `app` and without an address is a video call and gets one, empty unless `POLLS_VIDEO_URL` is set.',
  example: '1 rue de Rivoli, Paris',
});
export const SOURCE = text({ max: 128, description: 'Where the place comes from.', example: 'app' });
export const ICON = text({ max: 2048, description: 'A picture of the place.', example: 'P' });
export const MESSAGE_BODY = text({
  min: 1,
  max: 10_000,
  description: 'What is said.',
  example: 'See you there!',
});

export const THIRD_PARTY_TOKEN = text({
  max: 256,
  description: 'Token of the creator at the third party.',
  example: 'creator_token',
});
export const APP_ID = text({
  max: 256,
  description: 'Id of the third-party application.',
  example: '5f6b14c1282630001ceeb22f',
});
export const APP_NAME = text({
  max: 256,
  description: 'Name of the third-party application.',
  example: 'superapp',
});
export const GROUP_IDS: Field = {
  checks: [
    check(
      'areGroups',
      `must be a list of at most ${MAX_GROUPS} texts of at most 256 characters`,
      (value) =>
        typeof value === 'string' ||
        (Array.isArray(value) &&
          value.length <= MAX_GROUPS &&
          value.every(
            (item) =>
              typeof item === 'string' && item.length <= 256 && !item.includes('\0') && item.isWellFormed(),
          )),
    ),
  ],
  schema: {
    type: 'array',
    items: { type: 'string', maxLength: 256 },
    maxItems: MAX_GROUPS,
    description: 'Groups that the event belongs to.',
    example: ['group456'],
  },
  transform: (value: unknown) => [value].flat(),
};

export const CREATED_AT = instant({ description: 'When it was made.', example: '2030-05-01T09:45:20.862Z' });
export const UPDATED_AT = instant({
  description: 'When it was last changed.',
  example: '2030-05-01T09:45:20.862Z',
});
export const booleanField = (description: string): Field => flag({ description, example: false });

export const PERSONAL_KEY = text({
  min: 1,
  max: 64,
  description:
    'Key of a person for this event, from `key_store` or their link. Serves instead of the API key.',
  example: 'a2nv79gx86d5i0o3',
});

/** Maximum length of a regular expression (PostgreSQL ARE). */
export const MAX_EXPRESSION = 200;
export const Q = text({
  max: MAX_EXPRESSION,
  description: 'Regular expression that the title has to match, whatever the case.',
  example: '^kick-?off',
});
export const FILTER = choice(['confirmed', 'upcoming', 'future'], {
  description:
    '`confirmed`; `upcoming`: its confirmed date, else any date, lies ahead, and it is not cancelled; `future`: the same with cancelled ones.',
  example: 'upcoming',
});
export const CREATOR_USERS = commaSeparated(
  'Ids of creators, parted by commas: events of any of them.',
  '5eecc40bb2181073ac6ff375',
);
export const CREATOR_EMAILS = commaSeparated(
  'Addresses of creators; ignored beside `creator_users`.',
  'ada@example.org',
);
export const INVITEE_USERS = commaSeparated(
  'Ids of users: events that all of them are invited to.',
  '5eecc40bb2181073ac6ff375',
);
export const INVITEE_EMAILS = commaSeparated(
  'Addresses: events that all of them are invited to.',
  'grace@example.com',
);
export const APP_ID_FILTER = text({
  max: 256,
  description: 'Events of this third-party application.',
  example: '5f6b14c1282630001ceeb22f',
});
export const GROUP_IDS_FILTER = commaSeparated('Groups: events of any of them.', 'abc,def');

const MAX_ANSWERS = MAX_DATES + MAX_PLACES;

/** Votes by id of the date or place. */
export const ANSWERS: Field = {
  checks: [
    check(
      'areAnswers',
      'must map ids to "yes" or "no"',
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length <= MAX_ANSWERS &&
        Object.values(value).every((answer) => answer === 'yes' || answer === 'no'),
    ),
  ],
  schema: {
    type: 'object',
    additionalProperties: { type: 'string', enum: ['yes', 'no'] },
    description: 'Id → `yes` or `no`. What is not named keeps the answer it has.',
    example: { '5f0d7eb02003d0174a2a961c': 'yes' },
  } as Field['schema'],
};
