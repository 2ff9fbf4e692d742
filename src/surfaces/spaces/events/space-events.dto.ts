import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { MAX_INTEGER } from '../../../core/integer.js';
import {
  Changeable,
  check,
  Clearable,
  Optional,
  Required,
  RequiredWhen,
  ResponseField,
  NullableResponseField,
  shownAs,
  type Field,
} from '../../../http/validation/field.js';
import { choice, email, flag, text, wholeNumber } from '../../../http/validation/fields.js';
import { RESPONSE_STATUSES, type InviteeInput } from './space-invitees.js';
import { timeFault } from '../series/space-schedule.js';
import { hasOffset, readTime, type TimeInput } from '../space-time.js';
import * as field from './space-event.fields.js';
import { SpaceSummaryDto } from '../catalogue/space.dto.js';
import { CheckInResponseDto } from '../check-ins/space-check-ins.dto.js';
import { ID, SPACE_ID, USER_ID } from '../spaces.fields.js';

const TITLE = text({ max: 1024, description: 'Title of the event.', example: 'Weekly planning' });
const DESCRIPTION = text({
  max: 65_536,
  description: 'What it is about.',
  example: 'Bring the numbers.',
});
const LOCATION = text({
  max: 1024,
  description: 'Where it is, in words of the booker.',
  example: 'Second floor, left',
});
const IS_ALL_DAY = flag({
  description: 'Lasts whole days: from the start of a day to the start of a later day in its zone.',
  example: false,
});
const UID = text({
  min: 1,
  max: 1024,
  description: 'Identifier across calendars (RFC 5545); all occurrences of a series share it.',
  example: '5f2b6f0e-4f0b-4f0f-9b47-0c7d6f3f0d51',
});
const REMOTE_EVENT_ID = text({
  min: 1,
  max: 1024,
  description: 'Id of the same event in another calendar service; unique in its space.',
  example: 'kd8s0ajf_20300104T140000Z',
});
const REMOTE_TYPE = text({
  min: 1,
  max: 64,
  description: 'Which service that is.',
  example: 'google',
});
const ORGANIZER_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'User who organizes it; null for somebody who is no user.',
  example: 42,
});
const ORGANIZER_EMAIL = email({
  description: 'E-mail address of the organizer.',
  example: 'ada@example.org',
});
const CREATOR_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'User who made it; null for somebody who is no user. Only administrators may name another.',
  example: 42,
});
const CREATOR_EMAIL = email({
  description: 'E-mail address of who made it.',
  example: 'ada@example.org',
});
const ON_CONFLICT = choice(['reject', 'skip'], {
  description: 'For a series that meets bookings: `reject` refuses it whole, `skip` books what is free.',
  example: 'reject',
});

const CALENDAR_ADDRESS: Field = {
  checks: [
    check(
      'isCalendarAddress',
      'must be the address of the calendar of a space',
      (value, body) => typeof value === 'string' || (body as CreateEventDto).space_id != null,
    ),
  ],
  schema: {
    type: 'string',
    description: 'In place of `space_id`, by which it is ignored: the address of the calendar of the space.',
  } as Field['schema'],
};

/** Required unless the older alias is given. */
const RequiredUnless = (alias: string, definition: Field): PropertyDecorator =>
  applyDecorators(
    ValidateIf(
      (body: Record<string, unknown>, value) => value != null || body[alias] == null,
    ) as PropertyDecorator,
    Required(definition),
  );

/**
 * Compares both times if this is possible without the location's zone: both have an offset or zone, or neither has. The
 * remaining cases are compared once the location is known.
 */
const EndsAfterStart = (start: string): PropertyDecorator =>
  check('endsAfterStart', 'must be at least 5 minutes after start', (value, body) => {
    const from = parseTime(
      (body as Record<string, unknown>)[start] ?? (body as Record<string, unknown>).started_at,
    );
    const to = parseTime(value);
    if (from === undefined || to === undefined || isFloating(from) !== isFloating(to)) return true;
    const read = [readTime(from, 'UTC'), readTime(to, 'UTC')] as const;
    if (typeof read[0] === 'string' || typeof read[1] === 'string') return true;
    return timeFault(read[0].at, read[1].at) === undefined;
  });

function parseTime(value: unknown): TimeInput | undefined {
  return value == null || field.timeFault(value) !== undefined
    ? undefined
    : field.readTimeField(value as string);
}

function isFloating({ dateTime, zone }: TimeInput): boolean {
  return zone === undefined && !hasOffset(dateTime);
}

/** Fields of an event, without its space. */
class SpaceEventInputDto {
  @Optional(TITLE) title?: string | null;
  @Optional(DESCRIPTION) description?: string | null;
  @Optional(LOCATION) location?: string | null;
  @RequiredUnless('started_at', field.START) start?: TimeInput | null;
  @EndsAfterStart('start') @RequiredUnless('ended_at', field.END) end?: TimeInput | null;
  @Optional(field.STARTED_AT) started_at?: TimeInput | null;
  @EndsAfterStart('start') @Optional(field.ENDED_AT) ended_at?: TimeInput | null;
  @Optional(IS_ALL_DAY) is_all_day?: boolean | null;
  @Optional(field.VISIBILITY) visibility?: field.Visibility | null;
  @Optional(field.INVITEES) invitees?: InviteeInput[] | null;
  @Optional(field.RECURRENCE) recurrence?: string[] | null;
  @Optional(UID) uid?: string | null;
  @Optional(REMOTE_EVENT_ID) remote_event_id?: string | null;
  @Optional(REMOTE_TYPE) remote_type?: string | null;
  @Optional(field.CREATION_TYPE) creation_type?: field.CreationType | null;
  @Optional(ORGANIZER_ID) organizer_id?: number | null;
  @Optional(ORGANIZER_EMAIL) organizer_email?: string | null;
  @Optional(CREATOR_ID) creator_id?: number | null;
  @Optional(CREATOR_EMAIL) creator_email?: string | null;
  @Optional(ON_CONFLICT) on_conflict?: 'reject' | 'skip' | null;
}

/** An event in the space given in the path. */
export class CreateSpaceEventDto extends SpaceEventInputDto {}

/** An event in the space given in the body. */
export class CreateEventDto extends SpaceEventInputDto {
  @RequiredWhen((body) => (body as CreateEventDto).calendar_mailbox_address == null, SPACE_ID)
  space_id?: number | null;
  @Optional(CALENDAR_ADDRESS) calendar_mailbox_address?: string | null;
}

export class UpdateSpaceEventDto {
  @Clearable(TITLE) title?: string | null;
  @Clearable(DESCRIPTION) description?: string | null;
  @Clearable(LOCATION) location?: string | null;
  @Changeable(field.START) start?: TimeInput;
  @EndsAfterStart('start') @Changeable(field.END) end?: TimeInput;
  @Changeable(field.STARTED_AT) started_at?: TimeInput;
  @EndsAfterStart('start') @Changeable(field.ENDED_AT) ended_at?: TimeInput;
  @Clearable(IS_ALL_DAY) is_all_day?: boolean | null;
  @Clearable(field.VISIBILITY) visibility?: field.Visibility | null;
  @Clearable(field.INVITEES) invitees?: InviteeInput[] | null;
  @Clearable(field.RECURRENCE) recurrence?: string[] | null;
  @Changeable(SPACE_ID) space_id?: number;
  @Optional(ON_CONFLICT) on_conflict?: 'reject' | 'skip' | null;
}

export class DateTimeZoneDto {
  @ApiProperty({ description: 'Local time with its offset.', example: '2030-01-04T09:00:00-0500' })
  date_time!: string;
  @ApiProperty({ description: 'IANA zone.', example: 'America/New_York' }) time_zone!: string;
}

const INVITEE_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Number of the invitation.',
  example: 108,
});
const UTC_TIME = text({ max: 24, description: 'A UTC time.', example: '2030-01-01T12:00:00+0000' });

export class SpaceInviteeResponseDto {
  @ResponseField(INVITEE_ID) id!: number;
  @ResponseField(ID) event_id!: string;
  @NullableResponseField(USER_ID) user_id!: number | null;
  @ResponseField(email({ description: 'E-mail address.', example: 'grace@example.com' })) email!: string;
  @NullableResponseField(text({ max: 256, description: 'Name.', example: 'Grace Hopper' })) display_name!:
    string | null;
  @ResponseField(choice(RESPONSE_STATUSES, { description: 'What they said.', example: 'not_responded' }))
  response_status!: string;
  @ResponseField(flag({ description: 'Whether they organize it.', example: false })) is_organizer!: boolean;
  @ResponseField(flag({ description: 'Whether this is a thing, not a person.', example: false }))
  is_resource!: boolean;
  @ResponseField(UTC_TIME) updated_at!: string;
  @ResponseField(UTC_TIME) created_at!: string;
}

/** An occurrence that was skipped because the space was taken. */
export class SkippedOccurrenceDto {
  @ApiProperty({ example: '20300104T140000Z' }) recurrence_id!: string;
  @ApiProperty({ type: DateTimeZoneDto }) start!: DateTimeZoneDto;
  @ApiProperty({ type: DateTimeZoneDto }) end!: DateTimeZoneDto;
}

export class SpaceEventResponseDto {
  @ResponseField(ID) id!: string;
  @NullableResponseField(ORGANIZER_ID) organizer_id!: number | null;
  @NullableResponseField(ORGANIZER_EMAIL) organizer_email!: string | null;
  @NullableResponseField(CREATOR_ID) creator_id!: number | null;
  @NullableResponseField(CREATOR_EMAIL) creator_email!: string | null;
  @ResponseField(SPACE_ID) space_id!: number;
  @ResponseField(TITLE) title!: string;
  @NullableResponseField(DESCRIPTION) description!: string | null;
  @NullableResponseField(LOCATION) location!: string | null;
  @NullableResponseField(REMOTE_EVENT_ID) remote_event_id!: string | null;
  @NullableResponseField(REMOTE_TYPE) remote_type!: string | null;
  @ResponseField(field.CREATION_TYPE) creation_type!: string;
  @ResponseField(UID) uid!: string;
  @ResponseField(field.STARTED_AT) started_at!: string;
  @ResponseField(field.ENDED_AT) ended_at!: string;
  @ApiProperty({ type: DateTimeZoneDto }) start!: DateTimeZoneDto;
  @ApiProperty({ type: DateTimeZoneDto }) end!: DateTimeZoneDto;
  @ApiProperty({ type: String, nullable: true, description: 'The master of an occurrence.', example: null })
  series_id!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Original start of an occurrence.',
    example: null,
  })
  recurrence_id!: string | null;
  @ResponseField(
    choice(['confirmed', 'cancelled'], {
      description: '`cancelled`: found its space taken.',
      example: 'confirmed',
    }),
  )
  status!: string;
  @NullableResponseField(field.RECURRENCE) recurrence!: readonly string[] | null;
  @ResponseField(IS_ALL_DAY) is_all_day!: boolean;
  @ResponseField(field.VISIBILITY) visibility!: string;
  @ApiProperty({ type: [SpaceInviteeResponseDto] }) invitees!: SpaceInviteeResponseDto[];
  @ApiProperty({
    type: [SkippedOccurrenceDto],
    required: false,
    description:
      'Occurrences that found the space taken; with `on_conflict: skip`, and on a master that has any.',
  })
  skipped?: SkippedOccurrenceDto[];
  @shownAs({ type: SpaceSummaryDto, required: false, description: 'With `include=space`: where it is.' })
  space?: SpaceSummaryDto;
  @shownAs({
    type: CheckInResponseDto,
    required: false,
    nullable: true,
    description: 'With `include=confirmation`: the check-in; null if there is none, or it is private.',
  })
  confirmation?: CheckInResponseDto | null;
}
