import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { RealmEvent } from '../events/realm-event.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A member's comment on an event. */
@Entity({ schema: 'realms', name: 'comments' })
@Index('ix_comments_event', ['organization_id', 'event_id', 'id'])
@Index('ix_comments_member', ['organization_id', 'member_id'])
@ForeignKey(() => RealmEvent, ['organization_id', 'event_id'], ['organization_id', 'id'], {
  name: 'fk_comments_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'member_id'], ['organization_id', 'id'], {
  name: 'fk_comments_member',
  onDelete: 'CASCADE',
})
export class RealmComment {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_comments' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_comments',
  })
  id!: number;

  @Column('integer')
  event_id!: number;

  @Column('integer')
  member_id!: number;

  @Column('text')
  comment!: string;

  @Column(INSTANT)
  created_at!: Instant;
}
