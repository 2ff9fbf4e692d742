import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import type {
  CalendarFile,
  PollCreator,
  PollDate,
  PollDecline,
  PollInvitee,
  PollPlace,
  PollThirdParty,
} from './poll-event.js';

/**
 * An event with everything that belongs to it. Its dates, votes and people are read and written as a whole, under
 * the lock of this one row, so two changes never mix; by what it is found stands in `PollEventMark`.
 */
@Entity({ schema: 'polls', name: 'events' })
@Unique('uq_events_public_id', ['id'])
@Index('ix_events_newest', { synchronize: false })
@Index('ix_events_confirmed', { synchronize: false })
@Index('ix_events_ahead', ['organizationId', 'aheadUntil'])
@Index('ix_events_creator', ['organizationId', 'creatorMemberId'])
@Check('ck_events_lang', `lang IN ('fr', 'en', 'es', 'it', 'pt', 'de', 'sv', 'nl')`)
@Check('ck_events_locale', `locale IN ('fr', 'en', 'es', 'it', 'pt', 'de', 'sv', 'nl')`)
@Check('ck_events_confirmed_has_date', 'NOT confirmed_flag OR confirmed_date_id IS NOT NULL')
@Check('ck_events_cancelled_is_not_confirmed', 'cancelled_at IS NULL OR NOT confirmed_flag')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'creatorMemberId'], ['organizationId', 'id'], {
  name: 'fk_events_creator',
})
export class PollEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organizationId!: number;

  /** 24 hex digits; also the last part of the page's address, so unique beyond its organization. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_events' })
  id!: string;

  @Column('text')
  title!: string;

  /** The organiser, by the id that polls show. */
  @Column('text')
  creatorUser!: string;

  /** The organiser's membership, where there is one: such a member cannot be deleted. */
  @Column('integer', { nullable: true })
  creatorMemberId!: number | null;

  @Column('json')
  createdBy!: PollCreator;

  @Column('text')
  keyStoreId!: string;

  @Column('text')
  replyAddress!: string;

  @Column('text')
  lang!: string;

  @Column('text')
  locale!: string;

  @Column('text', { nullable: true })
  timeZone!: string | null;

  @Column('json')
  thirdParty!: PollThirdParty;

  @Column('boolean', { nullable: true })
  vyteme!: boolean | null;

  @Column('boolean', { nullable: true })
  noEmails!: boolean | null;

  @Column('integer')
  version!: number;

  /** SEQUENCE of the last calendar file; nothing before the first. */
  @Column('integer', { nullable: true })
  icsSequence!: number | null;

  @Column('boolean')
  confirmedFlag!: boolean;

  @Column('timestamptz', { nullable: true })
  confirmedAt!: Date | null;

  @Column('text', { nullable: true })
  confirmedDateId!: string | null;

  @Column('text', { nullable: true })
  confirmedPlaceId!: string | null;

  @Column('timestamptz', { nullable: true })
  cancelledAt!: Date | null;

  /** The start of the confirmed date, else of the latest one. */
  @Column('timestamptz', { nullable: true })
  aheadUntil!: Date | null;

  @Column('json')
  dates!: PollDate[];

  @Column('json')
  places!: PollPlace[];

  @Column('json')
  invitees!: PollInvitee[];

  /** How many messages there are; they are rows of their own, `PollEventMessage`. */
  @Column('integer')
  messagesLength!: number;

  @Column('json')
  declines!: PollDecline[];

  /** User id → the key that opens the event's page for that person. */
  @Column('json')
  keys!: Record<string, string>;

  /** User id → the calendar file that this person was sent last. */
  @Column('json')
  calendarFiles!: Record<string, CalendarFile>;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
