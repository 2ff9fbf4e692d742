import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PollEvent } from './poll-event.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/**
 * A value that lists filter by: for the kind `invitee`, the id of a user. The primary key ends in the order of the list,
 * so that each filter reads only its own events, newest first.
 */
@Entity({ schema: 'polls', name: 'event_marks' })
@Index('ix_event_marks_event', ['organization_id', 'event_id'])
@ForeignKey(() => PollEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_event_marks_event',
  onDelete: 'CASCADE',
})
export class PollEventSearchKey {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_event_marks' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_marks' })
  kind!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_marks' })
  value!: string;

  @PrimaryColumn({ ...INSTANT, primaryKeyConstraintName: 'pk_event_marks' })
  created_at!: Instant;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_marks' })
  event_id!: string;
}
