import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { RealmEvent } from '../events/realm-event.entity.js';

/** What a member answered to an event's invitation. */
@Entity({ schema: 'realms', name: 'rsvps' })
@Index('ix_rsvps_member', ['organizationId', 'memberId'])
@Check('ck_rsvps_response', `response IN ('yes', 'no', 'maybe')`)
@ForeignKey(() => RealmEvent, ['organizationId', 'eventId'], ['organizationId', 'id'], {
  name: 'fk_rsvps_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'fk_rsvps_member',
  onDelete: 'CASCADE',
})
export class RealmRsvp {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rsvps' })
  organizationId!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rsvps' })
  eventId!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_rsvps' })
  memberId!: number;

  @Column('text')
  response!: 'yes' | 'no' | 'maybe';

  @Column('timestamptz')
  answeredAt!: Date;
}
