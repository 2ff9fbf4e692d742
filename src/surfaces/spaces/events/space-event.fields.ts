import { MAX_INTEGER } from '../../../core/integer.js';
import { ValidateBy } from 'class-validator';
import { ISO_8601 } from '../../../core/instant.js';
import { isTimeZone } from '../../../core/time-zone.js';
import { check, type Field } from '../../../http/validation/field.js';
import { choice } from '../../../http/validation/fields.js';
import { inviteesFault, MAX_INVITEES, MAX_NAME, readInvitees, RESPONSE_STATUSES } from './space-invitees.js';
import { readRecurrence } from '../series/space-recurrence.js';
import { RecurrenceFault } from '../series/space-recurrence-dates.js';
import { isDateTime, type TimeInput } from '../space-time.js';

// Fields of events that have types, checks or readers of their own. Plain ones are in the DTO.

export const VISIBILITIES = ['default', 'public', 'private', 'personal', 'confidential'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
export const CREATION_TYPES = ['synced', 'manual', 'automatic'] as const;
export type CreationType = (typeof CREATION_TYPES)[number];

export const VISIBILITY = choice(VISIBILITIES, {
  description:
    'Who sees more than that the space is taken: `private`, `personal` and `confidential` mean its people only.',
  example: 'default',
});
export const CREATION_TYPE = choice(CREATION_TYPES, {
  description:
    'How it came to be: `synced` from another service, `manual` by a person, `automatic` by presence.',
  example: 'manual',
});

/** A check whose message depends on the value. */
function checkWithMessage(name: string, faultOf: (value: unknown) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => faultOf(value) === undefined,
      defaultMessage: (details) => faultOf(details?.value) ?? '',
    },
  });
}

const DATE_TIME = { type: 'string', pattern: ISO_8601.source };
const EXAMPLE_START = '2030-01-04T09:00:00-0500';
const EXAMPLE_END = '2030-01-04T10:00:00-0500';

/** `{date_time, time_zone}`, or a date and time as text. */
function time(description: string, example: string): Field {
  return {
    checks: [checkWithMessage('isTime', timeFault)],
    schema: {
      oneOf: [
        {
          type: 'object',
          required: ['date_time'],
          properties: {
            date_time: { ...DATE_TIME, example },
            time_zone: {
              type: ['string', 'null'],
              description: 'IANA zone.',
              example: 'America/New_York',
            },
          },
        },
        DATE_TIME,
      ],
      description,
      example: { date_time: example, time_zone: 'America/New_York' },
    } as unknown as Field['schema'],
    transform: readTimeField,
  };
}

/** Returns what is wrong with a time, or `undefined` if it is valid. */
export function timeFault(value: unknown): string | undefined {
  if (typeof value === 'string')
    return isDateTime(value) ? undefined : 'must be an existing ISO 8601 date and time';
  if (typeof value !== 'object' || value === null) return 'must be an object with date_time and time_zone';
  const { date_time: dateTime, time_zone: zone } = value as Record<string, unknown>;
  if (typeof dateTime !== 'string' || !isDateTime(dateTime))
    return 'must have a date_time that is an existing ISO 8601 date and time';
  if (zone != null && (typeof zone !== 'string' || !isTimeZone(zone)))
    return 'must have a time_zone that is an IANA zone, such as America/New_York';
  return undefined;
}

export function readTimeField(value: string | { date_time: string; time_zone?: string | null }): TimeInput {
  return typeof value === 'string'
    ? { dateTime: value, zone: undefined }
    : { dateTime: value.date_time, zone: value.time_zone ?? undefined };
}

function dateTimeString(description: string, example: string): Field {
  return {
    checks: [
      check(
        'isDateTime',
        'must be an existing ISO 8601 date and time',
        (value) => typeof value === 'string' && isDateTime(value),
      ),
    ],
    schema: {
      ...DATE_TIME,
      example,
      deprecated: true,
      description,
    } as Field['schema'],
    transform: readTimeField,
  };
}

export const START = time(
  'When it starts. Without an offset the text is read on the clocks of `time_zone`, which falls back to that of the location.',
  EXAMPLE_START,
);
export const END = time('When it ends; at least five minutes after the start.', EXAMPLE_END);
export const STARTED_AT = dateTimeString('The same as `start`, as older clients send it.', EXAMPLE_START);
export const ENDED_AT = dateTimeString('The same as `end`, as older clients send it.', EXAMPLE_END);

const MAX_RECURRENCE_LINES = 200;

export const RECURRENCE: Field = {
  checks: [
    checkWithMessage('isRecurrence', (value) => {
      if (
        !Array.isArray(value) ||
        value.length > MAX_RECURRENCE_LINES ||
        !value.every((line) => typeof line === 'string')
      )
        return `must be a list of at most ${MAX_RECURRENCE_LINES} lines`;
      if (value.length === 0) return undefined;
      try {
        readRecurrence(value);
        return undefined;
      } catch (error) {
        if (error instanceof RecurrenceFault) return error.message;
        throw error;
      }
    }),
  ],
  schema: {
    type: 'array',
    items: { type: 'string' },
    maxItems: MAX_RECURRENCE_LINES,
    description: 'RRULE, EXRULE, RDATE and EXDATE lines (RFC 5545), FREQ from DAILY to YEARLY.',
    example: ['RRULE:FREQ=WEEKLY;UNTIL=20300125T170000Z'],
  } as Field['schema'],
};

export const INVITEES: Field = {
  checks: [checkWithMessage('areInvitees', inviteesFault)],
  schema: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        email: { type: ['string', 'null'], format: 'email' },
        user_id: { type: ['integer', 'null'], minimum: 1, maximum: MAX_INTEGER },
        display_name: { type: ['string', 'null'], maxLength: MAX_NAME },
        response_status: { type: ['string', 'null'], enum: [...RESPONSE_STATUSES, null] },
        is_organizer: { type: ['boolean', 'null'] },
        is_resource: { type: ['boolean', 'null'] },
      },
    },
    maxItems: MAX_INVITEES,
    description:
      'The whole list of the invited, each by e-mail address or user id. Not given: the organizer.',
    example: [{ email: 'grace@example.com' }],
  } as Field['schema'],
  transform: readInvitees,
};
