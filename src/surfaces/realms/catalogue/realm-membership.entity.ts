import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { Realm } from './realm.entity.js';

/** That a member belongs to a realm, perhaps as one of its administrators. */
@Entity({ schema: 'realms', name: 'memberships' })
@Index('ix_memberships_member', ['organizationId', 'memberId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_memberships_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Realm, ['organizationId', 'realmId'], ['organizationId', 'id'], {
  name: 'fk_memberships_realm',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'fk_memberships_member',
  onDelete: 'CASCADE',
})
export class RealmMembership {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_memberships' })
  organizationId!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_memberships' })
  realmId!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_memberships' })
  memberId!: number;

  @Column('boolean')
  isAdmin!: boolean;

  @Column('timestamptz')
  createdAt!: Date;
}
