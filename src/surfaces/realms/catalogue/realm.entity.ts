import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { RealmKind } from './realm-kind.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A part of a school that has members and a calendar. */
@Entity({ schema: 'realms', name: 'realms' })
@Index('ix_realms_parent', ['organization_id', 'parent_id'])
@Index('ix_realms_kind', ['organization_id', 'kind', 'id'])
@Check('ck_realms_kind', `kind IN ('district', 'school', 'course', 'section', 'group')`)
@Check('ck_realms_district_on_top', `kind <> 'district' OR parent_id IS NULL`)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_realms_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Realm, ['organization_id', 'parent_id'], ['organization_id', 'id'], {
  name: 'fk_realms_parent',
})
export class Realm {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_realms' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_realms',
  })
  id!: number;

  /** Never changes, because the realm's events and place in the tree depend on it. */
  @Column('text')
  kind!: RealmKind;

  @Column('text')
  name!: string;

  @Column('integer', { nullable: true })
  parent_id!: number | null;

  /** IANA time zone of the times in its calendar. */
  @Column('text')
  time_zone!: string;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
