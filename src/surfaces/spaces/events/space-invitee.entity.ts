import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceEvent } from './space-event.entity.js';

/** Somebody invited to an event, who need not be a member. */
@Entity({ schema: 'spaces', name: 'invitees' })
@Unique('uq_invitees_email', ['organizationId', 'eventId', 'email'])
@Index('ix_invitees_user', ['organizationId', 'userId', 'eventId'])
@Check(
  'ck_invitees_response_status',
  `response_status IN ('not_responded', 'accepted', 'declined', 'tentative', 'delegated', 'unknown')`,
)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_invitees_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organizationId', 'eventId'], ['organizationId', 'id'], {
  name: 'fk_invitees_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'userId'], ['organizationId', 'id'], {
  name: 'fk_invitees_user',
  onDelete: 'SET NULL',
})
export class SpaceInvitee {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_invitees' })
  organizationId!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_invitees',
  })
  id!: number;

  @Column('integer')
  eventId!: number;

  /** Order of the list as it was given. */
  @Column('integer')
  position!: number;

  @Column('integer', { nullable: true })
  userId!: number | null;

  @Column('citext')
  email!: string;

  @Column('text', { nullable: true })
  displayName!: string | null;

  @Column('text')
  responseStatus!: string;

  @Column('boolean')
  isOrganizer!: boolean;

  @Column('boolean')
  isResource!: boolean;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
