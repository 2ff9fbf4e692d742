import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** What only this product knows of a member; there is no row until one of its clients writes the member. */
@Entity({ schema: 'polls', name: 'member_details' })
@Unique('uq_member_details_extid', ['organization_id', 'extid'])
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_member_details_member',
  onDelete: 'CASCADE',
})
export class PollMemberDetails {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_member_details' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_member_details' })
  member_id!: number;

  /** The client's own id. */
  @Column('text', { nullable: true })
  extid!: string | null;

  @Column(INSTANT)
  updated_at!: Instant;
}
