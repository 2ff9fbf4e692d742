import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceLocation } from './space-location.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A room or desk that can be booked. */
@Entity({ schema: 'spaces', name: 'spaces' })
@Index('ix_spaces_location', ['organization_id', 'location_id'])
@Check('ck_spaces_capacity', 'capacity >= 0')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_spaces_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceLocation, ['organization_id', 'location_id'], ['organization_id', 'id'], {
  name: 'fk_spaces_location',
})
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

  /** A disabled space is shown, but cannot be booked. */
  @Column('boolean')
  is_disabled!: boolean;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
