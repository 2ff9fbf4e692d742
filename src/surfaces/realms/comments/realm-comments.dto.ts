import { ApiProperty } from '@nestjs/swagger';
import { millisecondsOf } from '../../../core/instant.js';
import { Required, ResponseField } from '../../../http/validation/field.js';
import type { RealmCommentRow } from './realm-comments.repository.js';
import { RealmPageLinksDto } from '../events/realm-events.dto.js';
import type { ListPage } from '../representation/realm-pagination.js';
import * as field from '../realms.fields.js';

export class CreateRealmCommentDto {
  @Required(field.COMMENT) comment!: string;
}

export class RealmCommentResponseDto {
  @ResponseField(field.ID) id!: number;
  @ApiProperty({ type: 'integer', description: 'Id of the user who said it.', example: 7 }) uid!: number;
  @ResponseField(field.COMMENT) comment!: string;
  @ApiProperty({ type: 'integer', description: 'When, in seconds since 1970.', example: 1904054400 })
  created!: number;
}

export class RealmCommentListResponseDto {
  @ApiProperty({ type: [RealmCommentResponseDto] }) comment!: RealmCommentResponseDto[];
  @ApiProperty({ type: 'integer', description: 'All of them, on whatever page.', example: 1 }) total!: number;
  @ApiProperty({ type: RealmPageLinksDto }) links!: RealmPageLinksDto;
}

export function viewRealmComment(row: RealmCommentRow): RealmCommentResponseDto {
  const created = Math.floor(millisecondsOf(row.created_at) / 1000);
  return { id: row.id, uid: row.member_id, comment: row.comment, created };
}

export function viewRealmCommentList(
  rows: readonly RealmCommentRow[],
  { total, links }: ListPage,
): RealmCommentListResponseDto {
  return { comment: rows.map(viewRealmComment), total, links };
}
