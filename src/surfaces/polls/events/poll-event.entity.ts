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
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/**
 * An event with everything that belongs to it. Its dates, votes and people are read and written as a whole, under
 * the lock of this one row, so two changes never mix; by what it is found stands in `PollEventSearchKey`.
 */
@Entity({ schema: 'polls', name: 'events' })
@Unique('uq_events_public_id', ['id'])
@Index('ix_events_newest', { synchronize: false })
@Index('ix_events_confirmed', { synchronize: false })
@Index('ix_events_ahead', ['organization_id', 'ahead_until'])
@Index('ix_events_creator', ['organization_id', 'creator_member_id'])
@Check('ck_events_lang', `lang IN ('fr', 'en', 'es', 'it', 'pt', 'de', 'sv', 'nl')`)
@Check('ck_events_locale', `locale IN ('fr', 'en', 'es', 'it', 'pt', 'de', 'sv', 'nl')`)
@Check('ck_events_confirmed_has_date', 'NOT confirmed_flag OR confirmed_date_id IS NOT NULL')
@Check('ck_events_cancelled_is_not_confirmed', 'cancelled_at IS NULL OR NOT confirmed_flag')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organization_id', 'creator_member_id'], ['organization_id', 'id'], {
  name: 'fk_events_creator',
})
export class PollEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organization_id!: number;

  /** 24 hex digits; also the last part of the page's address, so unique beyond its organization. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_events' })
  id!: string;

  @Column('text')
  title!: string;

  /** The organiser, by the id that polls show. */
  @Column('text')
  creator_user!: string;

  /** The organiser's membership, where there is one: such a member cannot be deleted. */
  @Column('integer', { nullable: true })
  creator_member_id!: number | null;

  @Column('json')
  created_by!: PollCreator;

  @Column('text')
  key_store_id!: string;

  @Column('text')
  reply_address!: string;

  @Column('text')
  lang!: string;

  @Column('text')
  locale!: string;

  @Column('text', { nullable: true })
  time_zone!: string | null;

  @Column('json')
  third_party!: PollThirdParty;

  @Column('boolean', { nullable: true })
  vyteme!: boolean | null;

  @Column('boolean', { nullable: true })
  no_emails!: boolean | null;

  @Column('integer')
  version!: number;

  /** SEQUENCE of the last calendar file; nothing before the first. */
  @Column('integer', { nullable: true })
  ics_sequence!: number | null;

  @Column('boolean')
  confirmed_flag!: boolean;

  @Column({ ...INSTANT, nullable: true })
  confirmed_at!: Instant | null;

  @Column('text', { nullable: true })
  confirmed_date_id!: string | null;

  @Column('text', { nullable: true })
  confirmed_place_id!: string | null;

  @Column({ ...INSTANT, nullable: true })
  cancelled_at!: Instant | null;

  /** The start of the confirmed date, else of the latest one. */
  @Column({ ...INSTANT, nullable: true })
  ahead_until!: Instant | null;

  @Column('json')
  dates!: PollDate[];

  @Column('json')
  places!: PollPlace[];

  @Column('json')
  invitees!: PollInvitee[];

  /** How many messages there are; they are rows of their own, `PollEventMessage`. */
  @Column('integer')
  messages_length!: number;

  @Column('json')
  declines!: PollDecline[];

  /** User id → the key that opens the event's page for that person. */
  @Column('json')
  keys!: Record<string, string>;

  /** User id → the calendar file that this person was sent last. */
  @Column('json')
  calendar_files!: Record<string, CalendarFile>;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
