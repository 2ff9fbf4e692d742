import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { Space } from '../catalogue/space.entity.js';

/**
 * Somebody in a space: a person, perhaps with a device, or a device alone. Each has one row, which moves along; it is
 * active until it expires.
 */
@Entity({ schema: 'spaces', name: 'presences' })
@Unique('uq_presences_user', ['organization_id', 'user_id'])
@Index('uq_presences_device', ['organization_id', 'device_id'], { unique: true, where: 'user_id IS NULL' })
@Index('ix_presences_device', ['organization_id', 'device_id'])
@Index('ix_presences_space', ['organization_id', 'space_id'])
@Check('ck_presences_someone', 'user_id IS NOT NULL OR device_id IS NOT NULL')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_presences_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Space, ['organization_id', 'space_id'], ['organization_id', 'id'], {
  name: 'fk_presences_space',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'user_id'], ['organization_id', 'id'], {
  name: 'fk_presences_user',
  onDelete: 'CASCADE',
})
export class SpacePresence {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_presences' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_presences',
  })
  id!: number;

  @Column('integer')
  space_id!: number;

  @Column('integer', { nullable: true })
  user_id!: number | null;

  /** The client's number of the device. */
  @Column('integer', { nullable: true })
  device_id!: number | null;

  /** Minutes after which it lapses, unless it is renewed. */
  @Column('integer')
  session_ttl!: number;

  @Column(INSTANT)
  arrived_at!: Instant;

  @Column(INSTANT)
  last_seen_at!: Instant;

  /** When it lapses, or when it was ended. */
  @Column(INSTANT)
  expires_at!: Instant;
}
