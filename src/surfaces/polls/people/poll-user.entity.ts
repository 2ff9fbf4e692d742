import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A person known by e-mail address only. A trigger passes the id on to a member created later with that address. */
@Entity({ schema: 'polls', name: 'users' })
@Unique('uq_users_email', ['organization_id', 'email'])
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_users_organization',
  onDelete: 'CASCADE',
})
export class PollUser {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_users' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_users' })
  id!: string;

  @Column('citext')
  email!: string;

  @Column(INSTANT)
  created_at!: Instant;
}
