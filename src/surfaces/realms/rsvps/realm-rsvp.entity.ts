import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { RealmEvent } from '../events/realm-event.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A member's answer to the invitation to an event. */
@Entity({ schema: 'realms', name: 'rsvps' })
@Index('ix_rsvps_member', ['organization_id', 'member_id'])
@Check('ck_rsvps_response', `response IN ('yes', 'no', 'maybe')`)
@ForeignKey(() => RealmEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_rsvps_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_rsvps_member',
  onDelete: 'CASCADE',
})
export class RealmRsvp {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rsvps' })
  organization_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rsvps' })
  event_id!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rsvps' })
  member_id!: number;

  @Column('text')
  response!: 'yes' | 'no' | 'maybe';

  @Column(INSTANT)
  answered_at!: Instant;
}
