import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PollEvent } from './poll-event.entity.js';
import type { PollMessage } from './poll-event.js';

/** What somebody said about an event. Nothing is taken back, so positions are 1, 2, 3 … without gaps. */
@Entity({ schema: 'polls', name: 'event_messages' })
@ForeignKey(() => PollEvent, ['organizationId', 'eventId'], ['organizationId', 'id'], {
  name: 'fk_event_messages_event',
  onDelete: 'CASCADE',
})
export class PollEventMessage {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_event_messages' })
  organizationId!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_event_messages' })
  eventId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_event_messages' })
  position!: number;

  @Column('json')
  message!: PollMessage;
}
