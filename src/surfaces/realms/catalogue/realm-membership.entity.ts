import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { Realm } from './realm.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A member of a realm, possibly one of its administrators. */
@Entity({ schema: 'realms', name: 'memberships' })
@Index('ix_memberships_member', ['organization_id', 'member_id'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_memberships_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Realm, ['organization_id', 'realm_id'], ['organization_id', 'id'], {
  name: 'fk_memberships_realm',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_memberships_member',
  onDelete: 'CASCADE',
})
export class RealmMembership {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_memberships' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_memberships' })
  realm_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_memberships' })
  member_id!: number;

  @Column('boolean')
  is_admin!: boolean;

  @Column(INSTANT)
  created_at!: Instant;
}
