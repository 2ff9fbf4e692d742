import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { Space } from '../catalogue/space.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import type { CreationType, Visibility } from './space-event.fields.js';

/**
 * The details of a booking: of a single event, of the master of a series, or of an exception, that is an occurrence that
 * was changed on its own. Its holds say when it takes its space.
 */
@Entity({ schema: 'spaces', name: 'events' })
@Index('uq_events_remote_id', ['organization_id', 'space_id', 'remote_event_id'], {
  unique: true,
  where: 'series_id IS NULL',
})
@Index('ix_events_series', ['organization_id', 'series_id'])
@Index('ix_events_organizer', ['organization_id', 'organizer_id'])
@Index('ix_events_creator', ['organization_id', 'creator_id'])
@Index('ix_events_horizon', ['held_until'], { where: 'held_until IS NOT NULL' })
@Check('ck_events_ends_after_start', 'ends_at > starts_at')
@Check('ck_events_visibility', `visibility IN ('default', 'public', 'private', 'personal', 'confidential')`)
@Check('ck_events_creation_type', `creation_type IN ('synced', 'manual', 'automatic')`)
@Check('ck_events_one_level', 'series_id IS NULL OR recurrence IS NULL')
@Check('ck_events_horizon_of_series', 'held_until IS NULL OR recurrence IS NOT NULL')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SpaceEvent, ['organization_id', 'series_id'], ['organization_id', 'id'], {
  name: 'fk_events_series',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Space, ['organization_id', 'space_id'], ['organization_id', 'id'], {
  name: 'fk_events_space',
})
@ForeignKey(() => Member, ['organization_id', 'organizer_id'], ['organization_id', 'id'], {
  name: 'fk_events_organizer',
})
@ForeignKey(() => Member, ['organization_id', 'creator_id'], ['organization_id', 'id'], {
  name: 'fk_events_creator',
})
export class SpaceEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_events',
  })
  id!: number;

  /** Of an exception: its master. */
  @Column('integer', { nullable: true })
  series_id!: number | null;

  @Column('integer')
  space_id!: number;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { nullable: true })
  location!: string | null;

  /** Of a master: its first occurrence. */
  @Column(INSTANT)
  starts_at!: Instant;

  /** IANA zone of the start, in which a series repeats. */
  @Column('text')
  start_zone!: string;

  @Column(INSTANT)
  ends_at!: Instant;

  @Column('text')
  end_zone!: string;

  @Column('boolean')
  is_all_day!: boolean;

  @Column('text')
  visibility!: Visibility;

  /** RFC 5545; every occurrence of a series carries the same. */
  @Column('text')
  uid!: string;

  @Column('text', { nullable: true })
  remote_event_id!: string | null;

  @Column('text', { nullable: true })
  remote_type!: string | null;

  @Column('text')
  creation_type!: CreationType;

  @Column('integer', { nullable: true })
  organizer_id!: number | null;

  @Column('text', { nullable: true })
  organizer_email!: string | null;

  @Column('integer', { nullable: true })
  creator_id!: number | null;

  @Column('text', { nullable: true })
  creator_email!: string | null;

  /** RRULE, EXRULE, RDATE and EXDATE lines as given; set for a master only. */
  @Column('text', { array: true, nullable: true })
  recurrence!: readonly string[] | null;

  /** How far an endless series holds its space; null if all of its occurrences are held. */
  @Column({ ...INSTANT, nullable: true })
  held_until!: Instant | null;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
