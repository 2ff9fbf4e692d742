import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PollEvent } from './poll-event.entity.js';

/**
 * By what an event is found, such as kind `invitee`, value the id of a user. The key ends in the order of the list,
 * so that every filter reads its own events, newest first, however many others there are.
 */
@Entity({ schema: 'polls', name: 'event_marks' })
@Index('ix_event_marks_event', ['organizationId', 'eventId'])
@ForeignKey(() => PollEvent, ['organizationId', 'eventId'], ['organizationId', 'id'], {
  name: 'fk_event_marks_event',
  onDelete: 'CASCADE',
})
export class PollEventMark {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_event_marks' })
  organizationId!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_marks' })
  kind!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_marks' })
  value!: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_event_marks' })
  createdAt!: Date;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_marks' })
  eventId!: string;
}
