import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceLocation } from '../catalogue/space-location.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A floor of a location. */
@Entity({ schema: 'spaces', name: 'levels' })
@Unique('uq_levels_location', ['organization_id', 'location_id', 'id'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_levels_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceLocation, ['organization_id', 'location_id'], ['organization_id', 'id'], {
  name: 'fk_levels_location',
  onDelete: 'CASCADE',
})
export class SpaceLevel {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_levels' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_levels',
  })
  id!: number;

  @Column('integer')
  location_id!: number;

  @Column('text')
  name!: string;

  /** Its place in lists, lowest first. */
  @Column('integer')
  ordinal!: number;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
