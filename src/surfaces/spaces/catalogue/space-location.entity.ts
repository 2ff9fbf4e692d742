import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A building or site of an organization, with its time zone. */
@Entity({ schema: 'spaces', name: 'locations' })
@Check('ck_locations_latitude', 'latitude BETWEEN -90 AND 90')
@Check('ck_locations_longitude', 'longitude BETWEEN -180 AND 180')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_locations_organization',
  onDelete: 'CASCADE',
})
export class SpaceLocation {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_locations' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_locations',
  })
  id!: number;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { nullable: true })
  description!: string | null;

  /** Web address of a picture. */
  @Column('text', { nullable: true })
  image!: string | null;

  /** Degrees, north positive. */
  @Column('double precision', { nullable: true })
  latitude!: number | null;

  /** Degrees, east positive. */
  @Column('double precision', { nullable: true })
  longitude!: number | null;

  /** IANA zone of times without an offset. */
  @Column('text')
  time_zone!: string;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
