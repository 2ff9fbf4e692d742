import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { TrainingClass } from '../classes/training-class.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A scheduled class with an owner. Its status is computed from the current time, see `statusAt`. */
@Entity({ schema: 'training', name: 'events' })
@Unique('uq_events_public_id', ['id'])
@Unique('uq_events_token', ['organization_id', 'token'])
@Index('ix_events_start', ['organization_id', 'date_start', 'id'])
@Index('ix_events_end', ['organization_id', 'date_end'])
@Index('ix_events_class', ['organization_id', 'class_id'])
@Index('ix_events_owner', ['organization_id', 'owner_id'])
@Check('ck_events_ends_after_start', 'date_end > date_start')
@Check('ck_events_trainees_only_when_private', `availability = 'private' OR cardinality(trainees) = 0`)
@Check('ck_events_availability', `availability IN ('public', 'private')`)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'owner_id'], ['organization_id', 'id'], {
  name: 'fk_events_owner',
})
@ForeignKey(() => TrainingClass, ['organization_id', 'class_id'], ['organization_id', 'id'], {
  name: 'fk_events_class',
})
export class TrainingEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organization_id!: number;

  /** 17 unguessable characters. Part of the event's link, so unique across organizations. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_events' })
  id!: string;

  @Column('text')
  token!: string;

  @Column('text')
  name!: string;

  @Column('integer')
  owner_id!: number;

  @Column('text')
  class_id!: string;

  @Column('text')
  availability!: 'public' | 'private';

  @Column('text', { nullable: true })
  description!: string | null;

  @Column(INSTANT)
  date_start!: Instant;

  @Column(INSTANT)
  date_end!: Instant;

  @Column('boolean')
  include_chat!: boolean;

  @Column('boolean')
  include_video!: boolean;

  /** E-mail addresses of the teaching assistants, in the given order. */
  @Column('text', { array: true })
  tas!: readonly string[];

  /** E-mail addresses of the invited trainees, in the given order. */
  @Column('text', { array: true })
  trainees!: readonly string[];

  @Column('text', { nullable: true })
  partner_id!: string | null;

  @Column('boolean')
  use_new_terminal!: boolean;
}
