import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import { Realm } from '../catalogue/realm.entity.js';
import type { Instant } from '../../../core/instant.js';
import type { WallClock } from '../../../core/wall-clock.js';
import { INSTANT } from '../../../database/columns.js';
import type { AttachedLink } from './realm-attachments.js';

/** Who may answer an invitation: nobody, the realm's members, anybody in the organization. */
export const RSVP = { nobody: 0, members: 1, anybody: 2 } as const;

/**
 * An entry in the calendar of a realm or of a user. TypeORM would read its times into a `Date` in the time zone of this
 * machine, so statements read them as text.
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

  /** `null` in a user's calendar. */
  @Column('integer', { nullable: true })
  realm_id!: number | null;

  /** The member whose calendar it is; `null` in a realm's. */
  @Column('integer', { nullable: true })
  user_id!: number | null;

  /** `null` if it was created with a key without a member. */
  @Column('integer', { nullable: true })
  creator_id!: number | null;

  /** Clients of the product can write events only. */
  @Column('text')
  type!: 'event' | 'assignment' | 'discussion';

  @Column('text')
  title!: string;

  @Column('text')
  description!: string;

  @Column('timestamp')
  starts_at!: WallClock;

  @Column('timestamp', { nullable: true })
  ends_at!: WallClock | null;

  @Column('boolean')
  has_end!: boolean;

  @Column('boolean')
  all_day!: boolean;

  /** A value of `RSVP`. */
  @Column('smallint')
  rsvp!: number;

  @Column('boolean')
  comments_enabled!: boolean;

  @Column('jsonb', { default: [] })
  attached_links!: readonly AttachedLink[];

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
