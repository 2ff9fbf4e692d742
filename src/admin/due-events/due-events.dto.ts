import type { Instant } from '../../core/instant.js';
import { parseWallClock, WALL_CLOCK, type WallClock } from '../../core/wall-clock.js';
import { MAX_INTEGER } from '../../core/integer.js';
import {
  Changeable,
  check,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
  type Field,
} from '../../http/validation/field.js';
import { choice, email, flag, text, wholeNumber } from '../../http/validation/fields.js';
import { REALM_KINDS } from '../../surfaces/realms/catalogue/realm-kind.js';
import * as field from '../admin.fields.js';
import type { DueEventRow } from './due-events.repository.js';

/** A member's personal calendar is addressed as a realm of kind `user`. */
export const CALENDAR_KINDS = [...REALM_KINDS, 'user'] as const;
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

export const DUE_EVENT_TYPES = ['assignment', 'discussion'] as const;
export type DueEventType = (typeof DUE_EVENT_TYPES)[number];

const KIND = choice(CALENDAR_KINDS, { description: 'The kind of the realm.', example: 'section' });
const REALM_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of the realm; of the member, for a `user`.',
  example: 3,
});
const TITLE = text({ min: 1, max: 256, description: 'What is due.', example: 'Essay on Hamlet' });
const TYPE = choice(DUE_EVENT_TYPES, { description: 'What it comes from.', example: 'assignment' });
const ALL_DAY = flag({ description: 'Whether it is due some time that day.', example: false });
const CREATOR = email({
  description: 'E-mail address of the member who set it.',
  example: 'ada@example.org',
});
const START = wallClock('When it is due (or begins): a wall clock in the zone of the realm.');
const END = wallClock('When it ends, where it lasts; not before its start.');

function wallClock(description: string): Field {
  return {
    checks: [
      check(
        'isWallClock',
        'must be an existing date and time as YYYY-MM-DD HH:MM:SS',
        (value) => typeof value === 'string' && parseWallClock(value) !== undefined,
      ),
    ],
    schema: {
      type: 'string',
      pattern: WALL_CLOCK.source,
      description,
      example: '2030-05-04 23:59:00',
    },
  };
}

/** Validates against `start`. An invalid `start` is reported on that field only. */
const NotBeforeStart = (): PropertyDecorator =>
  check('notBeforeStart', 'must not be before start', (value, event) => {
    const { start } = event as { start?: unknown };
    return [value, start].some((time) => typeof time !== 'string' || parseWallClock(time) === undefined)
      ? true
      : String(value) >= String(start);
  });

export class CreateDueEventDto {
  @Required(KIND) kind!: CalendarKind;
  @Required(REALM_ID) realm_id!: number;
  @Required(TYPE) type!: DueEventType;
  @Required(TITLE) title!: string;
  @Required(START) start!: WallClock;
  @NotBeforeStart() @Optional(END) end?: WallClock | null;
  @Optional(field.DESCRIPTION) description?: string | null;
  @Optional(ALL_DAY) all_day?: boolean | null;
  @Optional(CREATOR) creator?: string | null;
}

export class UpdateDueEventDto {
  @Changeable(TYPE) type?: DueEventType;
  @Changeable(TITLE) title?: string;
  @Changeable(START) start?: WallClock;
  @NotBeforeStart() @Clearable(END) end?: WallClock | null;
  @Clearable(field.DESCRIPTION) description?: string | null;
  @Clearable(ALL_DAY) all_day?: boolean | null;
  @Clearable(CREATOR) creator?: string | null;
}

export class DueEventResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(KIND) kind!: CalendarKind;
  @ResponseField(REALM_ID) realm_id!: number;
  @ResponseField(TYPE) type!: DueEventType;
  @ResponseField(TITLE) title!: string;
  @ResponseField(START) start!: WallClock;
  @NullableResponseField(END) end!: WallClock | null;
  @ResponseField(field.DESCRIPTION) description!: string;
  @ResponseField(ALL_DAY) all_day!: boolean;
  @NullableResponseField(CREATOR) creator!: string | null;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
  @ResponseField(field.UPDATED_AT) updated_at!: Instant;
}

export function viewDueEvent(row: DueEventRow): DueEventResponseDto {
  const { id, kind, realm_id, type, title, start, end, description, all_day, creator } = row;
  const { created_at, updated_at } = row;
  return {
    id,
    kind,
    realm_id,
    type,
    title,
    start,
    end,
    description,
    all_day,
    creator,
    created_at,
    updated_at,
  };
}
