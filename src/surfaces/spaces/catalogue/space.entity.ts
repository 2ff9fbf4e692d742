import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceLevel } from '../levels/space-level.entity.js';
import { SpaceLocation } from './space-location.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A room or desk that can be booked. */
@Entity({ schema: 'spaces', name: 'spaces' })
@Index('ix_spaces_location', ['organization_id', 'location_id'])
@Index('ix_spaces_level', ['organization_id', 'level_id'])
@Check('ck_spaces_capacity', 'capacity >= 0')
@Check('ck_spaces_discovery_radius', 'discovery_radius >= 0')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_spaces_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceLocation, ['organization_id', 'location_id'], ['organization_id', 'id'], {
  name: 'fk_spaces_location',
})
@ForeignKey(
  () => SpaceLevel,
  ['organization_id', 'location_id', 'level_id'],
  ['organization_id', 'location_id', 'id'],
  { name: 'fk_spaces_level', onDelete: 'SET NULL' },
)
export class Space {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_spaces' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_spaces',
  })
  id!: number;

  @Column('integer')
  location_id!: number;

  /** A level of its location. */
  @Column('integer', { nullable: true })
  level_id!: number | null;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  /** Kind of space in the organization's words (`meeting_room`, `desk`); free/busy requests can filter by it. */
  @Column('text', { nullable: true })
  type!: string | null;

  /** Number of people. */
  @Column('integer', { nullable: true })
  capacity!: number | null;

  /** Web address of a picture. */
  @Column('text', { nullable: true })
  image!: string | null;

  /** How near a device has to be to count as there, in metres. */
  @Column('double precision', { default: 3 })
  discovery_radius!: number;

  /** Whether people in wheelchairs can use it. */
  @Column('boolean', { default: false })
  is_accessible!: boolean;

  /** A disabled space is shown, but cannot be booked. */
  @Column('boolean')
  is_disabled!: boolean;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
