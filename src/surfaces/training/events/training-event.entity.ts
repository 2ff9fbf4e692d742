import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { TrainingClass } from '../classes/training-class.entity.js';

/** A class given at a time by an owner. Its status is not here: it follows the clock, see the lifecycle. */
@Entity({ schema: 'training', name: 'events' })
@Unique('uq_events_public_id', ['id'])
@Unique('uq_events_token', ['organizationId', 'token'])
@Index('ix_events_start', ['organizationId', 'dateStart', 'id'])
@Index('ix_events_class', ['organizationId', 'classId'])
@Index('ix_events_owner', ['organizationId', 'ownerId'])
@Check('ck_events_ends_after_start', 'date_end > date_start')
@Check('ck_events_trainees_only_when_private', `availability = 'private' OR cardinality(trainees) = 0`)
@Check('ck_events_availability', `availability IN ('public', 'private')`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], {
  name: 'fk_events_owner',
})
@ForeignKey(() => TrainingClass, ['organizationId', 'classId'], ['organizationId', 'id'], {
  name: 'fk_events_class',
})
export class TrainingEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organizationId!: number;

  /** 17 characters, unguessable; also the last part of the event's link, so unique beyond its organization. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_events' })
  id!: string;

  @Column('text')
  token!: string;

  @Column('text')
  name!: string;

  @Column('integer')
  ownerId!: number;

  @Column('text')
  classId!: string;

  @Column('text')
  availability!: 'public' | 'private';

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('timestamptz')
  dateStart!: Date;

  @Column('timestamptz')
  dateEnd!: Date;

  @Column('boolean')
  includeChat!: boolean;

  @Column('boolean')
  includeVideo!: boolean;

  /** E-mail addresses of the assistants, in the order given. */
  @Column('text', { array: true })
  tas!: string[];

  /** E-mail addresses of the invited, in the order given. */
  @Column('text', { array: true })
  trainees!: string[];

  @Column('text', { nullable: true })
  partnerId!: string | null;

  @Column('boolean')
  useNewTerminal!: boolean;
}
