import { ApiProperty } from '@nestjs/swagger';
import { ResponseField } from '../../../http/validation/field.js';
import { RealmLinksDto, RealmPageLinksDto } from '../events/realm-events.dto.js';
import * as shown from '../realms-shown.fields.js';
import type { ListPage } from '../representation/realm-pagination.js';
import { splitName } from './realm-user-name.js';
import type { RealmUserRow } from './realm-users.repository.js';

const ROLE = { administrator: 1, other: 2 } as const;

export class RealmAppUserResponseDto {
  @ApiProperty({ type: 'integer', description: 'Id of the user that the request acts as.', example: 7 })
  api_uid!: number;
  @ApiProperty({
    type: 'integer',
    description:
      'Seconds since 1970 when the access token was issued or, without one, when the key was created.',
    example: 1893492000,
  })
  web_session_timestamp!: number;
}

export class RealmUserPermissionsDto {
  @ApiProperty({ type: 'integer', enum: [1], description: 'Always 1.', example: 1 })
  is_directory_public!: number;
}

export class RealmUserResponseDto {
  @ResponseField(shown.integer('Id of the user.', 7)) id!: number;
  @ResponseField(shown.integer('The same as `id`.', 7)) uid!: number;
  @ResponseField(shown.integer("A school among the user's realms and those above them; 0 without one.", 3))
  school_id!: number;
  @ResponseField(shown.EMPTY) school_uid!: string;
  @ResponseField(shown.EMPTY) name_title!: string;
  @ResponseField(shown.integer('Always 0.', 0)) name_title_show!: number;
  @ResponseField(shown.text('The name but its last word, or the part of the address before `@`.', 'Ada'))
  name_first!: string;
  @ResponseField(shown.EMPTY) name_middle!: string;
  @ResponseField(shown.text('The last word of a name of several.', 'Lovelace')) name_last!: string;
  @ResponseField(shown.text('The whole name.', 'Ada Lovelace')) name_display!: string;
  @ResponseField(shown.text('The e-mail address.', 'ada@example.org')) username!: string;
  @ResponseField(shown.text('The e-mail address.', 'ada@example.org')) primary_email!: string;
  @ResponseField(shown.EMPTY) picture_url!: string;
  @ResponseField(shown.NOTHING) gender!: null;
  @ResponseField(shown.NOTHING) position!: null;
  @ResponseField(shown.EMPTY) grad_year!: string;
  @ResponseField(
    shown.value({
      type: 'integer',
      enum: [1, 2],
      description: '1 for administrators, 2 for others.',
      example: 2,
    }),
  )
  role_id!: number;
  @ResponseField(shown.text("IANA time zone: the user's, else the organization's.", 'Europe/Berlin'))
  tz_name!: string;
  @ResponseField(shown.integer('Whole hours that it is ahead of UTC at the moment.', 2)) tz_offset!: number;
  @ApiProperty({ type: RealmUserPermissionsDto }) permissions!: RealmUserPermissionsDto;
  @ApiProperty({ type: RealmLinksDto }) links!: RealmLinksDto;
}

export class RealmUserListResponseDto {
  @ApiProperty({ type: [RealmUserResponseDto] }) user!: RealmUserResponseDto[];
  @ResponseField(shown.TOTAL) total!: number;
  @ApiProperty({ type: RealmPageLinksDto }) links!: RealmPageLinksDto;
}

export function viewRealmUser(row: RealmUserRow, baseUrl: string): RealmUserResponseDto {
  const { name_first, name_last, name_display } = splitName(row.name, row.email);
  return {
    id: row.id,
    uid: row.id,
    school_id: row.school_id ?? 0,
    school_uid: '',
    name_title: '',
    name_title_show: 0,
    name_first,
    name_middle: '',
    name_last,
    name_display,
    username: row.email,
    primary_email: row.email,
    picture_url: '',
    gender: null,
    position: null,
    grad_year: '',
    role_id: row.is_admin ? ROLE.administrator : ROLE.other,
    tz_name: row.time_zone,
    tz_offset: row.time_zone_offset,
    permissions: { is_directory_public: 1 },
    links: { self: `${baseUrl}/users/${row.id}` },
  };
}

export function viewRealmUserList(
  rows: readonly RealmUserRow[],
  baseUrl: string,
  { total, links }: ListPage,
): RealmUserListResponseDto {
  return { user: rows.map((row) => viewRealmUser(row, baseUrl)), total, links };
}
