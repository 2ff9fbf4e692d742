import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { RealmEvent } from '../events/realm-event.entity.js';

/** What a member said about an event. */
@Entity({ schema: 'realms', name: 'comments' })
@Index('ix_comments_event', ['organizationId', 'eventId', 'id'])
@Index('ix_comments_member', ['organizationId', 'memberId'])
@ForeignKey(() => RealmEvent, ['organizationId', 'eventId'], ['organizationId', 'id'], {
  name: 'fk_comments_event',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'fk_comments_member',
  onDelete: 'CASCADE',
})
export class RealmComment {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_comments' })
  organizationId!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_comments',
  })
  id!: number;

  @Column('integer')
  eventId!: number;

  @Column('integer')
  memberId!: number;

  @Column('text')
  comment!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
