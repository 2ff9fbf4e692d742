import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceHold } from '../events/space-hold.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A check-in: somebody confirmed that an occurrence takes place. */
@Entity({ schema: 'spaces', name: 'confirmations' })
@Index('ix_confirmations_user', ['organization_id', 'user_id'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_confirmations_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(
  () => SpaceHold,
  ['organization_id', 'event_id', 'original_start'],
  ['organization_id', 'event_id', 'original_start'],
  { name: 'fk_confirmations_hold', onDelete: 'CASCADE' },
)
@ForeignKey(() => Member, ['organization_id', 'user_id'], ['organization_id', 'id'], {
  name: 'fk_confirmations_user',
  onDelete: 'SET NULL',
})
export class SpaceConfirmation {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_confirmations' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_confirmations' })
  event_id!: number;

  @PrimaryColumn({ ...INSTANT, primaryKeyConstraintName: 'pk_confirmations' })
  original_start!: Instant;

  @Column('integer', { nullable: true })
  user_id!: number | null;

  /** The client's number of the device that was used. */
  @Column('integer', { nullable: true })
  device_id!: number | null;

  @Column(INSTANT)
  confirmed_at!: Instant;
}
