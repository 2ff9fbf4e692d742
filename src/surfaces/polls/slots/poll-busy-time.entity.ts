import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { PollEvent } from '../events/poll-event.entity.js';

/** A confirmed event that a person takes part in. Written with the event. */
@Entity({ schema: 'polls', name: 'busy_times' })
@Index('ix_busy_times_user', ['organization_id', 'user_id', 'ends_at'])
@ForeignKey(() => PollEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_busy_times_event',
  onDelete: 'CASCADE',
})
export class PollBusyTime {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_busy_times' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_busy_times' })
  event_id!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_busy_times' })
  user_id!: string;

  @Column(INSTANT)
  starts_at!: Instant;

  @Column(INSTANT)
  ends_at!: Instant;

  /** The times are midnights in UTC and stand for these days on the person's own clock. */
  @Column('boolean')
  all_day!: boolean;
}
