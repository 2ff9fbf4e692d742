import { ApiProperty } from '@nestjs/swagger';
import type { Member } from '../../auth/member.entity.js';
import type { Instant } from '../../core/instant.js';
import {
  Changeable,
  Clearable,
  Optional,
  Required,
  ResponseField,
  NullableResponseField,
} from '../../http/validation/field.js';
import { flag, locale, text, timeZone } from '../../http/validation/fields.js';
import * as field from '../admin.fields.js';

const NAME = text({ max: 256, description: 'What the person is called.', example: 'Ada Lovelace' });
const TIME_ZONE = timeZone({ description: 'The person’s own IANA zone.', example: 'Europe/London' });
const IS_ADMIN = flag({ description: 'Whether the person administers the organization.', example: false });
const LOCALE = locale({ description: 'BCP 47 tag of the person’s language.', example: 'en-GB' });

export class CreateMemberDto {
  @Required(field.MEMBER) email!: string;
  @Optional(NAME) name?: string | null;
  @Optional(TIME_ZONE) time_zone?: string | null;
  @Optional(LOCALE) locale?: string | null;
  @Optional(IS_ADMIN) is_admin?: boolean | null;
}

export class UpdateMemberDto {
  @Changeable(field.MEMBER) email?: string;
  @Clearable(NAME) name?: string | null;
  @Clearable(TIME_ZONE) time_zone?: string | null;
  @Clearable(LOCALE) locale?: string | null;
  @Clearable(IS_ADMIN) is_admin?: boolean | null;
}

/** A member with their id in each product. */
export class MemberIdsDto {
  @ApiProperty({ example: 'h4kPzQ7wXn2RbTsYd' }) training!: string;
  @ApiProperty({ type: 'integer', example: 7 }) spaces!: number;
  @ApiProperty({ type: 'integer', example: 7 }) realms!: number;
  @ApiProperty({ example: '65f1c0de9a3b7d2e4f608112' }) polls!: string;
}

export class MemberResponseDto {
  @ResponseField(field.ID) id!: number;
  @ResponseField(field.MEMBER) email!: string;
  @NullableResponseField(NAME) name!: string | null;
  @NullableResponseField(TIME_ZONE) time_zone!: string | null;
  @NullableResponseField(LOCALE) locale!: string | null;
  @ResponseField(IS_ADMIN) is_admin!: boolean;
  @ApiProperty({ type: MemberIdsDto, description: 'The id that each product shows.' }) ids!: MemberIdsDto;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
}

export function viewMember(row: Member): MemberResponseDto {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    time_zone: row.time_zone,
    locale: row.locale,
    is_admin: row.is_admin,
    ids: { training: row.training_id, spaces: row.id, realms: row.id, polls: row.polls_id },
    created_at: row.created_at,
  };
}
