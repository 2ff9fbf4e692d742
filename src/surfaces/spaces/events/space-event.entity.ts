import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { Space } from '../catalogue/space.entity.js';

/**
 * What is said of a booking: a single one, the master of a series, or an occurrence that was changed on its own. When
 * it takes its space is said by its holds.
 */
@Entity({ schema: 'spaces', name: 'events' })
@Index('uq_events_remote_id', ['organizationId', 'spaceId', 'remoteEventId'], {
  unique: true,
  where: 'series_id IS NULL',
})
@Index('ix_events_series', ['organizationId', 'seriesId'])
@Index('ix_events_organizer', ['organizationId', 'organizerId'])
@Index('ix_events_creator', ['organizationId', 'creatorId'])
@Index('ix_events_horizon', ['heldUntil'], { where: 'held_until IS NOT NULL' })
@Check('ck_events_ends_after_start', 'ends_at > starts_at')
@Check('ck_events_visibility', `visibility IN ('default', 'public', 'private', 'personal', 'confidential')`)
@Check('ck_events_creation_type', `creation_type IN ('synced', 'manual', 'automatic')`)
@Check('ck_events_one_level', 'series_id IS NULL OR recurrence IS NULL')
@Check('ck_events_horizon_of_series', 'held_until IS NULL OR recurrence IS NOT NULL')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organizationId', 'seriesId'], ['organizationId', 'id'], {
  name: 'fk_events_series',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Space, ['organizationId', 'spaceId'], ['organizationId', 'id'], { name: 'fk_events_space' })
@ForeignKey(() => Member, ['organizationId', 'organizerId'], ['organizationId', 'id'], {
  name: 'fk_events_organizer',
})
@ForeignKey(() => Member, ['organizationId', 'creatorId'], ['organizationId', 'id'], {
  name: 'fk_events_creator',
})
export class SpaceEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organizationId!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_events',
  })
  id!: number;

  /** The master, for an occurrence that was changed on its own. */
  @Column('integer', { nullable: true })
  seriesId!: number | null;

  @Column('integer')
  spaceId!: number;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  location!: string | null;

  /** Of a master: its first occurrence. */
  @Column('timestamptz')
  startsAt!: Date;

  /** IANA zone that the start is shown in, and that a series keeps its wall clock in. */
  @Column('text')
  startZone!: string;

  @Column('timestamptz')
  endsAt!: Date;

  @Column('text')
  endZone!: string;

  @Column('boolean')
  isAllDay!: boolean;

  @Column('text')
  visibility!: string;

  /** RFC 5545; every occurrence of a series carries the same. */
  @Column('text')
  uid!: string;

  @Column('text', { nullable: true })
  remoteEventId!: string | null;

  @Column('text', { nullable: true })
  remoteType!: string | null;

  @Column('text')
  creationType!: string;

  @Column('integer', { nullable: true })
  organizerId!: number | null;

  @Column('text', { nullable: true })
  organizerEmail!: string | null;

  @Column('integer', { nullable: true })
  creatorId!: number | null;

  @Column('text', { nullable: true })
  creatorEmail!: string | null;

  /** RRULE, EXRULE, RDATE and EXDATE lines as given; only a master has them. */
  @Column('text', { array: true, nullable: true })
  recurrence!: string[] | null;

  /** How far an endless series holds its space; null where there is nothing more to hold. */
  @Column('timestamptz', { nullable: true })
  heldUntil!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
