import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceEvent } from './space-event.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A person invited to an event, who need not be a member. */
@Entity({ schema: 'spaces', name: 'invitees' })
@Unique('uq_invitees_email', ['organization_id', 'event_id', 'email'])
@Index('ix_invitees_user', ['organization_id', 'user_id', 'event_id'])
@Check(
  'ck_invitees_response_status',
  `response_status IN ('not_responded', 'accepted', 'declined', 'tentative', 'delegated', 'unknown')`,
)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_invitees_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_invitees_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'user_id'], ['organization_id', 'id'], {
  name: 'fk_invitees_user',
  onDelete: 'SET NULL',
})
export class SpaceInvitee {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_invitees' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_invitees',
  })
  id!: number;

  @Column('integer')
  event_id!: number;

  /** Place in the list as it was given. */
  @Column('integer')
  position!: number;

  @Column('integer', { nullable: true })
  user_id!: number | null;

  @Column('citext')
  email!: string;

  @Column('text', { nullable: true })
  display_name!: string | null;

  @Column('text')
  response_status!: string;

  @Column('boolean')
  is_organizer!: boolean;

  @Column('boolean')
  is_resource!: boolean;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
