import { ApiProperty } from '@nestjs/swagger';
import { ResponseField } from '../../../http/validation/field.js';
import { RealmLinksDto, RealmPageLinksDto } from '../events/realm-events.dto.js';
import * as shown from '../realms-shown.fields.js';
import type { ListPage } from '../representation/realm-pagination.js';
import { splitName } from '../users/realm-user-name.js';
import type { RealmEnrollmentRow } from './realm-enrollments.repository.js';

export class RealmEnrollmentResponseDto {
  @ResponseField(shown.integer('Id of the enrollment, unique in the realm: that of the user.', 7))
  id!: number;
  @ResponseField(shown.integer('Id of the user.', 7)) uid!: number;
  @ResponseField(shown.text('The name but its last word, or the part of the address before `@`.', 'Ada'))
  name_first!: string;
  @ResponseField(shown.text('The last word of a name of several.', 'Lovelace')) name_last!: string;
  @ResponseField(shown.text('The whole name.', 'Ada Lovelace')) name_display!: string;
  @ResponseField(shown.flag('Whether the user administers the realm.', 0)) admin!: number;
  @ResponseField(shown.value({ type: 'string', enum: ['1'], description: 'Always "1": active.' }))
  status!: string;
  @ApiProperty({ type: RealmLinksDto }) links!: RealmLinksDto;
}

export class RealmEnrollmentListResponseDto {
  @ApiProperty({ type: [RealmEnrollmentResponseDto] }) enrollment!: RealmEnrollmentResponseDto[];
  @ResponseField(shown.TOTAL) total!: number;
  @ApiProperty({ type: RealmPageLinksDto }) links!: RealmPageLinksDto;
}

/** `url` is that of the realm's enrollments. */
export function viewRealmEnrollment(row: RealmEnrollmentRow, url: string): RealmEnrollmentResponseDto {
  return {
    id: row.id,
    uid: row.id,
    ...splitName(row.name, row.email),
    admin: Number(row.is_realm_admin),
    status: '1',
    links: { self: `${url}/${row.id}` },
  };
}

export function viewRealmEnrollmentList(
  rows: readonly RealmEnrollmentRow[],
  url: string,
  { total, links }: ListPage,
): RealmEnrollmentListResponseDto {
  return { enrollment: rows.map((row) => viewRealmEnrollment(row, url)), total, links };
}
