import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { SpaceHold } from '../events/space-hold.entity.js';

/** Somebody said at the door that the booking takes place. */
@Entity({ schema: 'spaces', name: 'confirmations' })
@Index('ix_confirmations_user', ['organizationId', 'userId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_confirmations_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(
  () => SpaceHold,
  ['organizationId', 'eventId', 'originalStart'],
  ['organizationId', 'eventId', 'originalStart'],
  { name: 'fk_confirmations_hold', onDelete: 'CASCADE' },
)
@ForeignKey(() => Member, ['organizationId', 'userId'], ['organizationId', 'id'], {
  name: 'fk_confirmations_user',
  onDelete: 'SET NULL',
})
export class SpaceConfirmation {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_confirmations' })
  organizationId!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_confirmations' })
  eventId!: number;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_confirmations' })
  originalStart!: Date;

  @Column('integer', { nullable: true })
  userId!: number | null;

  /** The client's own number for the device at the door, kept as given. */
  @Column('integer', { nullable: true })
  deviceId!: number | null;

  @Column('timestamptz')
  confirmedAt!: Date;
}
