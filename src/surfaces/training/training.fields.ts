import { Matches } from 'class-validator';
import { choice, email, emails, flag, instant, jsonList, text, texts } from '../../http/validation/fields.js';
import { check, type Field } from '../../http/validation/field.js';
import type { Instant } from '../../core/instant.js';
import { parseTrainingDate } from './training-date.js';
import { TRAINING_EVENT_STATUSES } from './events/training-event.lifecycle.js';
import { TRAINING_ID } from './training-id.js';

function publicId(words: { description: string; example: string }): Field {
  return {
    checks: [Matches(TRAINING_ID, { message: 'must be an id of 17 letters and digits' })],
    schema: { type: 'string', pattern: TRAINING_ID.source, ...words },
  };
}

function date(words: { description: string; example: string }): Field {
  return {
    ...instant(words),
    checks: [
      check(
        'isTrainingDate',
        'must be an existing date and time in ISO 8601, such as 2026-03-01T09:00:00Z',
        (value) => typeof value === 'string' && parseTrainingDate(value) !== undefined,
      ),
    ],
    transform: (value: string): Instant | undefined => parseTrainingDate(value),
  };
}

const MAX_LABELS = 50;
const MAX_LABEL_LENGTH = 64;

function labels(): Field {
  const list = texts({
    max: MAX_LABEL_LENGTH,
    maxItems: MAX_LABELS,
    description: 'Words to find it by. Order is kept, doubles are dropped.',
    example: ['kubernetes', 'beginners'],
  });
  return {
    ...list,
    checks: [
      ...list.checks,
      check(
        'haveLabels',
        'must not hold an empty text',
        (value) => !Array.isArray(value) || value.every((item) => item !== ''),
      ),
    ],
    schema: {
      ...list.schema,
      items: { type: 'string', minLength: 1, maxLength: MAX_LABEL_LENGTH },
    } as Field['schema'],
    transform: (value: string[]) => [...new Set(value)],
  };
}

const MAX_PEOPLE = 10_000;

/** All fields of the training API. The DTOs define which of them are used where. */
export const ID = publicId({
  description: 'Unguessable id of 17 letters and digits.',
  example: 'h4kPzQ7wXn2RbTsYd',
});
export const EVENT_NAME = text({
  min: 1,
  max: 256,
  description: 'What the event is called.',
  example: 'Kubernetes, day 1',
});
export const OWNER = email({
  description: 'E-mail address of the member of the organization who hosts it.',
  example: 'ada@example.org',
});
export const CLASS_ID = publicId({
  description: 'Id of the class that an event gives: 17 letters and digits.',
  example: 'h4kPzQ7wXn2RbTsYd',
});
export const DESCRIPTION = text({
  max: 65_536,
  description: 'Free text about it.',
  example: 'Bring a laptop.',
});
export const DATE_START = date({
  description:
    'When it starts. ISO 8601; without an offset it is read as UTC, and it is always shown in UTC.',
  example: '2030-05-04T09:00:00.000Z',
});
export const DATE_END = date({
  description: 'When it ends; later than its start. Read and shown as `date_start`.',
  example: '2030-05-04T17:00:00.000Z',
});
export const STARTS_FROM = date({
  description: 'Only events that start at this time or later.',
  example: '2030-05-01T00:00:00Z',
});
export const STARTS_BEFORE = date({
  description: 'Only events that start before this time.',
  example: '2030-06-01T00:00:00Z',
});
export const INCLUDE_CHAT = flag({ description: 'Whether the event has a chat.', example: true });
export const INCLUDE_VIDEO = flag({ description: 'Whether the event has video.', example: false });
export const TAS = emails({
  max: MAX_PEOPLE,
  description:
    'E-mail addresses of the teaching assistants, who need not be members. Order is kept, doubles are dropped.',
  example: ['tim@example.org'],
});
export const TRAINEES = emails({
  max: MAX_PEOPLE,
  description: 'E-mail addresses of the invited. Inviting anybody makes the event private.',
  example: ['grace@example.com', 'alan@example.com'],
});
export const AVAILABILITY = choice(['public', 'private'], {
  description: 'Who may come. `public` drops the trainees; trainees given at the same time win.',
  example: 'public',
});
export const PARTNER_ID = text({
  max: 256,
  description: 'Id of the partner that the event belongs to, in whatever form the partner uses.',
  example: 'partner-42',
});
export const USE_NEW_TERMINAL = flag({
  description: 'Whether labs open in the new terminal. Set on create only.',
  example: false,
});
export const EVENT_LINK = text({
  max: 2048,
  description: 'Address of the public page of the event.',
  example: 'http://localhost:3000/event/h4kPzQ7wXn2RbTsYd',
});
export const TOKEN = text({
  min: 4,
  max: 16,
  description: 'Short code that opens the event, unique in the organization.',
  example: '9NX4',
});
export const STATUS = choice(TRAINING_EVENT_STATUSES, {
  description: '`ready` before the start, `live` until the end, then `done`.',
  example: 'ready',
});

export const CLASS_NAME = text({
  min: 1,
  max: 256,
  description: 'What the class is called.',
  example: 'Kubernetes',
});
export const RESOURCES = jsonList({
  maxItems: 100,
  description:
    'Whatever describes the lab machines, kept as given. Read, it is followed by the resources that have paths of their ' +
    'own; entries with the id of one of these are dropped when it is written.',
  example: [{ name: 'node-1', image: 'debian-12' }],
});
export const PRESENTATION_NOTES = jsonList({
  maxItems: 1000,
  description:
    'Whatever belongs to the slides, kept as given. Read, it is followed by the notes of presentations; entries with ' +
    'the id of one of these are dropped when it is written.',
  example: [],
});
export const PRESENTATION_FILENAME = text({
  max: 255,
  description: 'Name of the newest presentation; left out if there is none.',
  example: 'day-1.pdf',
});
export const LABELS = labels();
export const LINK = text({
  max: 2048,
  description: 'Address of this service. No mail is sent and nobody signs in there.',
  example: 'http://localhost:3000',
});
export const CREATED_AT = instant({
  description: 'When it was created.',
  example: '2026-03-01T12:00:00.000Z',
});
export const UPDATED_AT = instant({
  description: 'When it was last changed.',
  example: '2026-03-01T12:00:00.000Z',
});
export const MEMBER_NAME = text({ max: 256, description: 'Name of the member.', example: 'Ada Lovelace' });
