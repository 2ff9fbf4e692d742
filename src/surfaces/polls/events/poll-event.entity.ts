import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import type {
  CalendarFile,
  NoticeSettings,
  PollCreator,
  PollDate,
  PollDecline,
  PollInvitee,
  PollLanguage,
  PollPlace,
  PollThirdParty,
} from './poll-event.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';
import { PollTeam } from '../teams/poll-team.entity.js';

/**
 * An event. Its dates, votes and invitees are read and written as a whole, with the row locked. The values that lists
 * filter by are in `PollEventSearchKey`.
 */
@Entity({ schema: 'polls', name: 'events' })
@Unique('uq_events_public_id', ['id'])
@Index('ix_events_newest', { synchronize: false })
@Index('ix_events_confirmed', { synchronize: false })
@Index('ix_events_ahead', ['organization_id', 'ahead_until'])
@Index('ix_events_creator', ['organization_id', 'creator_member_id'])
@Index('ix_events_team', { synchronize: false })
@Index('ix_events_unsealed', ['organization_id', 'id'], { where: 'sealed_keys IS NULL' })
@Check('ck_events_keys', '(keys IS NULL) <> (sealed_keys IS NULL)')
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
@ForeignKey(() => PollTeam, ['organization_id', 'team_id'], ['organization_id', 'id'], {
  name: 'fk_events_team',
  onDelete: 'SET NULL',
})
export class PollEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organization_id!: number;

  /** 24 hex digits. Unique in all organizations, since the page's address contains nothing else. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_events' })
  id!: string;

  @Column('text')
  title!: string;

  /** The organiser's public user id. */
  @Column('text')
  creator_user!: string;

  /** The organiser if a member, who then cannot be deleted. */
  @Column('integer', { nullable: true })
  creator_member_id!: number | null;

  @Column('json')
  created_by!: PollCreator;

  /** The team through which it was made. */
  @Column('text', { nullable: true })
  team_id!: string | null;

  @Column('text')
  key_store_id!: string;

  @Column('text')
  reply_address!: string;

  @Column('text')
  lang!: PollLanguage;

  @Column('text')
  locale!: PollLanguage;

  @Column('text', { nullable: true })
  time_zone!: string | null;

  @Column('json')
  third_party!: PollThirdParty;

  @Column('boolean', { nullable: true })
  vyteme!: boolean | null;

  @Column('boolean', { nullable: true })
  no_emails!: boolean | null;

  /** Which notices it sends, as given. */
  @Column('json')
  notify!: NoticeSettings;

  /** User ids of those who want no notices. */
  @Column('json')
  without_notices!: readonly string[];

  @Column('integer')
  version!: number;

  /** SEQUENCE of the last calendar file. */
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

  /** Compared with now by the `upcoming` and `future` filters, see `aheadUntil`. */
  @Column({ ...INSTANT, nullable: true })
  ahead_until!: Instant | null;

  @Column('json')
  dates!: readonly PollDate[];

  @Column('json')
  places!: readonly PollPlace[];

  @Column('json')
  invitees!: readonly PollInvitee[];

  /** The number of messages, which are stored as `PollEventMessage`. */
  @Column('integer')
  messages_length!: number;

  @Column('json')
  declines!: readonly PollDecline[];

  /** User id → personal key for the event's page, as JSON that is encrypted; see `PollEventsRepository`. */
  @Column('text', { nullable: true })
  sealed_keys!: string | null;

  /** The same in clear, of an event that was stored before and not sealed yet. */
  @Column('json', { nullable: true })
  keys!: Readonly<Record<string, string>> | null;

  /** User id → last calendar file sent. */
  @Column('json')
  calendar_files!: Readonly<Record<string, CalendarFile>>;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
