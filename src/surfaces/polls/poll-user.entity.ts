import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../auth/organization.entity.js';

/** Somebody known by an address alone. A member created later with that address takes the id over (a trigger). */
@Entity({ schema: 'polls', name: 'users' })
@Unique('uq_users_email', ['organizationId', 'email'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_users_organization',
  onDelete: 'CASCADE',
})
export class PollUser {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_users' })
  organizationId!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_users' })
  id!: string;

  @Column('citext')
  email!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
