import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from './organization.entity.js';

/** A person of an organization. One row, whose id each product sees in its own form. */
@Entity({ schema: 'tenancy', name: 'members' })
@Unique('uq_members_email', ['organizationId', 'email'])
@Unique('uq_members_training_id', ['organizationId', 'trainingId'])
@Unique('uq_members_polls_id', ['organizationId', 'pollsId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_members_organization',
  onDelete: 'CASCADE',
})
export class Member {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_members' })
  organizationId!: number;

  /** As spaces and realms show it. */
  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_members',
  })
  id!: number;

  /** As training shows it: 17 characters. */
  @Column('text')
  trainingId!: string;

  /** As polls show it: 24 hex digits. */
  @Column('text')
  pollsId!: string;

  @Column('citext')
  email!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  /** IANA zone. */
  @Column('text', { nullable: true })
  timeZone!: string | null;

  /** BCP 47 tag. */
  @Column('text', { nullable: true })
  locale!: string | null;

  @Column('boolean', { default: false })
  isAdmin!: boolean;

  @Column('timestamptz')
  createdAt!: Date;
}
