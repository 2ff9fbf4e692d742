import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PollEvent } from './poll-event.entity.js';
import type { PollMessage } from './poll-event.js';

/** A message about an event. Messages are never deleted, so positions are 1, 2, 3 … without gaps. */
@Entity({ schema: 'polls', name: 'event_messages' })
@ForeignKey(() => PollEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_event_messages_event',
  onDelete: 'CASCADE',
})
export class PollEventMessage {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_event_messages' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_messages' })
  event_id!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_event_messages' })
  position!: number;

  @Column('json')
  message!: PollMessage;
}
