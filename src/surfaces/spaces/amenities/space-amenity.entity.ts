import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import { Space } from '../catalogue/space.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** Something that spaces of an organization can have, such as a projector. */
@Entity({ schema: 'spaces', name: 'amenities' })
@Unique('uq_amenities_name', ['organization_id', 'name'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_amenities_organization',
  onDelete: 'CASCADE',
})
export class Amenity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_amenities' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_amenities',
  })
  id!: number;

  /** Unique in its organization, whatever the case. */
  @Column('citext')
  name!: string;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}

/** An amenity that a space has. */
@Entity({ schema: 'spaces', name: 'space_amenities' })
@Index('ix_space_amenities_amenity', ['organization_id', 'amenity_id'])
@Check('ck_space_amenities_quantity', 'quantity >= 0')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_space_amenities_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Space, ['organization_id', 'space_id'], ['organization_id', 'id'], {
  name: 'fk_space_amenities_space',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Amenity, ['organization_id', 'amenity_id'], ['organization_id', 'id'], {
  name: 'fk_space_amenities_amenity',
  onDelete: 'CASCADE',
})
export class SpaceAmenity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_space_amenities' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_space_amenities' })
  space_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_space_amenities' })
  amenity_id!: number;

  /** How many there are; null if nobody counted. */
  @Column('integer', { nullable: true })
  quantity!: number | null;

  @Column('text', { nullable: true })
  note!: string | null;
}
