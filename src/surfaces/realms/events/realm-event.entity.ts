import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { Realm } from '../catalogue/realm.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** What realm calendars hold; only events can be written by clients of the product. */
export const REALM_EVENT_TYPES = ['event', 'assignment', 'discussion'] as const;

/**
 * An entry in the calendar of a realm, or in a user's own. Its times are wall clocks, which TypeORM would read into
 * a `Date` of this machine's zone: statements of ours read and write them as text.
 */
@Entity({ schema: 'realms', name: 'events' })
@Index('ix_events_realm', ['organization_id', 'realm_id', 'starts_at', 'id'])
@Index('ix_events_user', ['organization_id', 'user_id', 'starts_at', 'id'])
@Index('ix_events_creator', ['organization_id', 'creator_id'])
@Check('ck_events_one_calendar', '(realm_id IS NULL) <> (user_id IS NULL)')
@Check('ck_events_type', `type IN ('event', 'assignment', 'discussion')`)
@Check('ck_events_rsvp', 'rsvp IN (0, 1, 2)')
@Check('ck_events_has_end', 'has_end = (ends_at IS NOT NULL)')
@Check('ck_events_ends_after_start', 'ends_at >= starts_at')
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Realm, ['organization_id', 'realm_id'], ['organization_id', 'id'], {
  name: 'fk_events_realm',
})
@ForeignKey(() => Member, ['organization_id', 'user_id'], ['organization_id', 'id'], {
  name: 'fk_events_user',
})
@ForeignKey(() => Member, ['organization_id', 'creator_id'], ['organization_id', 'id'], {
  name: 'fk_events_creator',
})
export class RealmEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organization_id!: number;

  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_events',
  })
  id!: number;

  /** `null` in a user's own calendar. */
  @Column('integer', { nullable: true })
  realm_id!: number | null;

  /** The member whose own calendar it is; `null` in a realm's. */
  @Column('integer', { nullable: true })
  user_id!: number | null;

  /** `null` for what was made by nobody in particular. */
  @Column('integer', { nullable: true })
  creator_id!: number | null;

  @Column('text')
  type!: (typeof REALM_EVENT_TYPES)[number];

  @Column('text')
  title!: string;

  @Column('text')
  description!: string;

  @Column('timestamp')
  starts_at!: unknown;

  @Column('timestamp', { nullable: true })
  ends_at!: unknown;

  @Column('boolean')
  has_end!: boolean;

  @Column('boolean')
  all_day!: boolean;

  /** 0 nobody is asked, 1 the realm's members are, 2 anyone of the organization is. */
  @Column('smallint')
  rsvp!: number;

  @Column('boolean')
  comments_enabled!: boolean;

  /** Of `{url, title}`, in the order given. */
  @Column('jsonb', { default: [] })
  attached_links!: unknown[];

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
