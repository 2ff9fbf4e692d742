import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { PollEvent } from '../events/poll-event.entity.js';
import type { NoticeKind } from '../events/poll-event.js';

/** `kind` of notices in the outbox. */
export const NOTICE_KIND = 'polls.notice';

/** A person who is to be told of what happened to an event. Written and removed under the event's lock. */
@Entity({ schema: 'polls', name: 'notices' })
@Check('ck_notices_kind', `kind IN ('votes', 'dates', 'messages')`)
@ForeignKey(() => PollEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_notices_event',
  onDelete: 'CASCADE',
})
export class PollNotice {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_notices' })
  organization_id!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_notices' })
  event_id!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_notices' })
  kind!: NoticeKind;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_notices' })
  user_id!: string;

  /** When the first thing happened that the person was not told of. */
  @Column(INSTANT)
  since!: Instant;

  /** When the last one happened. */
  @Column(INSTANT)
  changed_at!: Instant;
}
