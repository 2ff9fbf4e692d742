import { ApiProperty } from '@nestjs/swagger';
import type { Instant } from '../../../core/instant.js';
import { MAX_INTEGER } from '../../../core/integer.js';
import { isStorable } from '../../../core/storable-text.js';
import {
  check,
  NullableResponseField,
  Optional,
  OptionalQuery,
  ResponseField,
  type Field,
} from '../../../http/validation/field.js';
import { flag, queryNumber, text } from '../../../http/validation/fields.js';
import { SpaceUserResponseDto, viewUser } from '../people/space-people.dto.js';
import { formatUtc } from '../space-time.js';
import { LOCATION_ID, SPACE_ID, USER_ID } from '../spaces.fields.js';
import { wholeNumber } from '../spaces.loose-fields.js';
import { userOf, type PresenceRow } from './space-presence.columns.js';

/** Minutes after which a presence lapses if the request does not say. */
export const PRESENCE_MINUTES = 15;
const MAX_MINUTES = 1440;
const MAX_REF = 254;

const USER_REF: Field = {
  checks: [check('isUserRef', 'must be `self`, or the id, slug or e-mail address of a user', isUserRef)],
  schema: {
    type: 'string',
    maxLength: MAX_REF,
    description: 'Who is there: `self`, or a user by id, slug or e-mail address. The caller unless given.',
    example: 'self',
  } as Field['schema'],
  transform: String,
};
const DEVICE = 'Number of a device, kept as given.';
const DEVICE_ID = wholeNumber({ min: 0, max: MAX_INTEGER, description: DEVICE, example: 7 });
const DEVICE_REF: Field = {
  checks: [check('isDeviceRef', 'must be the number of a device', isDeviceRef)],
  schema: { type: 'string', pattern: '^\\d{1,9}$', description: DEVICE, example: '7' } as Field['schema'],
  transform: Number,
};
const SESSION_TTL = wholeNumber({
  min: 1,
  max: MAX_MINUTES,
  description: `Minutes after which it lapses, unless it is renewed; ${PRESENCE_MINUTES} unless given.`,
  example: PRESENCE_MINUTES,
});

function isUserRef(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  return typeof value === 'string' && value.length <= MAX_REF && isStorable(value);
}

function isDeviceRef(value: unknown): boolean {
  const digits = typeof value === 'number' ? String(value) : value;
  return typeof digits === 'string' && /^\d{1,10}$/.test(digits) && Number(digits) <= MAX_INTEGER;
}

/** Whose presence it is; both forms of a user or a device mean the same. */
export class SomeoneDto {
  @Optional(USER_REF) user_ref?: string | null;
  @Optional(DEVICE_REF) device_ref?: number | null;
  @Optional(USER_ID) user_id?: number | null;
  @Optional(DEVICE_ID) device_id?: number | null;
}

export class PresenceDto extends SomeoneDto {
  @Optional(SESSION_TTL) session_ttl?: number | null;
}

/** The same in a query. */
export class SomeoneQueryDto {
  @OptionalQuery(USER_REF) user_ref?: string;
  @OptionalQuery(DEVICE_REF) device_ref?: number;
  @OptionalQuery(queryNumber({ min: 1, description: 'Id of a user.', example: 42 })) user_id?: number;
  @OptionalQuery(DEVICE_REF) device_id?: number;
}

const UTC_TIME = (description: string): Field =>
  text({ max: 24, description, example: '2030-01-04T13:55:00+0000' });

export class PresenceResponseDto {
  @ResponseField(
    wholeNumber({ min: 1, max: MAX_INTEGER, description: 'Number of the presence.', example: 9 }),
  )
  id!: number;
  @ResponseField(LOCATION_ID) location_id!: number;
  @ResponseField(SPACE_ID) space_id!: number;
  @NullableResponseField(USER_ID) user_id!: number | null;
  @NullableResponseField(DEVICE_ID) device_id!: number | null;
  @ApiProperty({
    oneOf: [{ $ref: '#/components/schemas/SpaceUserResponseDto' }, { type: 'null' }],
    description: 'Null for a device alone.',
  })
  user!: SpaceUserResponseDto | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Always null.' }) device!: null;
  @ResponseField(SESSION_TTL) session_ttl!: number;
  @ResponseField(flag({ description: 'Whether it still lasts.', example: true })) session_active!: boolean;
  @ResponseField(UTC_TIME('When they were last seen there.')) last_seen_at!: string;
  @ResponseField(UTC_TIME('When they came.')) arrived_at!: string;
  @NullableResponseField(UTC_TIME('When it ended; null while it lasts.')) expired_at!: string | null;
}

export function viewPresence(row: PresenceRow, now: Instant): PresenceResponseDto {
  const user = userOf(row);
  const isActive = row.expires_at > now;
  return {
    id: row.id,
    location_id: row.location_id,
    space_id: row.space_id,
    user_id: row.user_id,
    device_id: row.device_id,
    user: user && viewUser(user),
    device: null,
    session_ttl: row.session_ttl,
    session_active: isActive,
    last_seen_at: formatUtc(row.last_seen_at),
    arrived_at: formatUtc(row.arrived_at),
    expired_at: isActive ? null : formatUtc(row.expires_at),
  };
}
