import { IsIn } from 'class-validator';
import { parseWallClock, WALL_CLOCK, type WallClock } from '../../core/wall-clock.js';
import { check, type Field } from '../../http/validation/field.js';
import { choice, text, queryNumber } from '../../http/validation/fields.js';
import { COLLECTIONS, REALM_NAMES } from './catalogue/realm-collection.js';
import { DAY, parseDay, type Day } from './events/realm-day.js';
import { isXmlText } from './representation/realm-xml.writer.js';

interface FieldDescription {
  readonly description: string;
  readonly example?: unknown;
}

/** Text that is valid in JSON and XML. */
function xmlSafeText(options: FieldDescription & { min?: number; max: number }): Field {
  const field = text(options);
  return {
    ...field,
    checks: [
      ...field.checks,
      check(
        'isXmlText',
        'must not hold characters that XML cannot carry',
        (value) => typeof value !== 'string' || isXmlText(value),
      ),
    ],
  };
}

/**
 * XML has no `null`, so an empty element means "not given" for fields that cannot be empty text. Our decision; the
 * product does not document this.
 */
const UNSET: readonly unknown[] = ['', null];
export const isUnset = (value: unknown): boolean => UNSET.includes(value);

const FLAGS = new Map<unknown, boolean>([
  [0, false],
  ['0', false],
  [false, false],
  ['false', false],
  [1, true],
  ['1', true],
  [true, true],
  ['true', true],
]);

/** Flags, numbers and times are read without white space around them; other texts in JSON are kept as they are. */
export const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** Flags are written as 0 or 1 and accepted in several forms. */
export const readFlag = (value: unknown): boolean | undefined => FLAGS.get(trimmed(value));

function bit(description: FieldDescription): Field {
  return {
    checks: [
      check('isBit', 'must be 0 or 1', (value) => isUnset(trimmed(value)) || readFlag(value) !== undefined),
    ],
    schema: { type: 'integer', enum: [0, 1], ...description } as Field['schema'],
    transform: (value: unknown) => readFlag(value) ?? null,
  };
}

function wallClock({ mayBeEmpty, ...description }: FieldDescription & { mayBeEmpty: boolean }): Field {
  return {
    checks: [
      check(
        'isWallClock',
        'must be an existing date and time, YYYY-MM-DD HH:MM:SS',
        (value) =>
          (mayBeEmpty && trimmed(value) === '') ||
          (typeof value === 'string' && parseWallClock(value.trim()) !== undefined),
      ),
    ],
    schema: {
      type: 'string',
      pattern: mayBeEmpty ? `^$|${WALL_CLOCK.source}` : WALL_CLOCK.source,
      ...description,
    } as Field['schema'],
    transform: (value: string): WallClock | null => parseWallClock(value.trim()) ?? null,
  };
}

function day(description: FieldDescription): Field {
  return {
    checks: [
      check(
        'isDay',
        'must be an existing day, YYYY-MM-DD or YYYYMMDD',
        (value) => typeof value === 'string' && parseDay(value) !== undefined,
      ),
    ],
    schema: { type: 'string', pattern: DAY.source, ...description } as Field['schema'],
    transform: (value: string): Day | undefined => parseDay(value),
  };
}

export const ID: Field = {
  checks: [],
  schema: { type: 'integer', description: 'Id of the row, unique in the organization.', example: 5615031 },
};
const idField = (description: string, example: number): Field => ({
  checks: [],
  schema: { type: 'integer', description, example },
});
export const EVENT_ID = idField('Id of the event.', 5615031);
export const COMMENT_ID = idField('Id of the comment.', 17);
export const COLLECTION = choice(COLLECTIONS, {
  description: 'The kind of realm.',
  example: 'sections',
});
export const REALM_ID: Field = {
  checks: [],
  schema: {
    type: 'string',
    description: 'Id of the realm; `me` for the own one among `users`.',
    example: '12',
  },
};
export const PLAIN_REALM_ID = idField('Id of the realm.', 12);
export const ENROLLMENT_ID = idField('Id of the enrollment, which is that of the user.', 7);
export const MEMBERS_COLLECTION = choice(['sections', 'groups', 'courses'], {
  description: 'The kind of realm.',
  example: 'sections',
});
export const USER_ID: Field = {
  checks: [],
  schema: { type: 'string', description: 'Id of the user; `me` for the own one.', example: 'me' },
};
export const TITLE = xmlSafeText({
  min: 1,
  max: 500,
  description: 'What the event is called.',
  example: 'Parents meet teachers',
});
export const DESCRIPTION = xmlSafeText({
  max: 65_536,
  description: 'Free text about it; empty when there is none.',
  example: 'In the gym.',
});
export const START = wallClock({
  mayBeEmpty: false,
  description: "When it starts, on the clock of the realm's own time zone: `YYYY-MM-DD HH:MM:SS`.",
  example: '2030-05-04 16:30:00',
});
export const END = wallClock({
  mayBeEmpty: true,
  description: 'When it ends, not before `start`; empty while `has_end` is 0.',
  example: '2030-05-04 18:30:00',
});
export const HAS_END = bit({
  description: 'Whether it has an end. An `end` that comes without this counts as 1.',
  example: 1,
});
export const ALL_DAY = bit({
  description: 'Whether it takes whole days; the times of day then mean nothing.',
  example: 0,
});
export const COMMENTS_ENABLED = bit({ description: 'Whether it may be commented on.', example: 1 });
export const EDITABLE = bit({ description: 'Whether the caller may change it.', example: 1 });
const RSVP_VALUES: readonly unknown[] = [0, 1, 2, '0', '1', '2', ...UNSET];
export const RSVP: Field = {
  checks: [check('isRsvp', 'must be 0, 1 or 2', (value) => RSVP_VALUES.includes(trimmed(value)))],
  schema: {
    type: 'integer',
    enum: [0, 1, 2],
    description: 'Who is asked to come: 0 nobody, 1 the members of the realm, 2 anyone of the organization.',
    example: 1,
  },
  transform: (value: unknown) => (isUnset(trimmed(value)) ? null : Number(value)),
};
export const TYPE_INPUT: Field = {
  checks: [IsIn(['event', ...UNSET], { message: 'can only be "event"' })],
  schema: { type: 'string', enum: ['event'], description: 'Nothing else can be written.', example: 'event' },
};
export const TYPE = choice(['event', 'assignment', 'discussion'], {
  description: 'What it is; assignments and discussions come from elsewhere and cannot be changed here.',
  example: 'event',
});
export const REALM = choice(REALM_NAMES, {
  description: 'The kind of realm whose calendar it stands in.',
  example: 'section',
});
export const START_DATE = day({
  description: 'First day of the part that is asked for; counts only together with `end_date`.',
  example: '2030-05-01',
});
export const END_DATE = day({
  description: 'Last day of the part that is asked for; counts only together with `start_date`.',
  example: '2030-05-31',
});
export const PAGE_START = queryNumber({
  min: 0,
  default: 0,
  description: 'How many rows to leave out.',
  example: 0,
});
export const PAGE_LIMIT = queryNumber({
  min: 1,
  max: 200,
  default: 20,
  description: 'How many rows at most; a larger number counts as 200.',
  example: 20,
});

export const RSVP_RESPONSE = choice(['yes', 'no', 'maybe'], {
  description: 'Whether the caller comes.',
  example: 'yes',
});
export const COMMENT = xmlSafeText({
  min: 1,
  max: 65_536,
  description: 'What is said.',
  example: 'See you!',
});
