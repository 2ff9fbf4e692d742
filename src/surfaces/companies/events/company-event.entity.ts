import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../../auth/organization.entity.js';
import { Company } from '../companies/company.entity.js';
import type { Instant } from '../../../core/instant.js';
import { INSTANT } from '../../../database/columns.js';

/** A gathering that a company organizes or attends. */
@Entity({ schema: 'companies', name: 'events' })
@Unique('uq_events_slug', ['organization_id', 'company_id', 'slug'])
// Descending, and by trigrams: TypeORM describes neither, the migration does.
@Index('ix_events_newest', { synchronize: false })
@Index('ix_events_name', { synchronize: false })
@Check('ck_events_slug', `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND slug <> 'create'`)
@Check('ck_events_attendance_mode', `attendance_mode IN ('online', 'offline')`)
@Check('ck_events_company_role', `company_role IN ('organizing', 'attending')`)
@Check('ck_events_ends_not_before_start', 'date_end >= date_start')
@Check(
  'ck_events_offline_has_a_place',
  `attendance_mode = 'online' OR (city IS NOT NULL AND province IS NOT NULL AND country IS NOT NULL)`,
)
@Check(
  'ck_events_online_has_no_city',
  `attendance_mode = 'offline' OR (city IS NULL AND google_place_id IS NULL)`,
)
@Check(
  'ck_events_organizing_says_who_gets_tickets',
  `company_role = 'attending' OR requires_ticket_assignment IS NOT NULL`,
)
@ForeignKey(() => Organization, ['organization_id'], ['id'], {
  name: 'fk_events_organization',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Company, ['organization_id', 'company_id'], ['organization_id', 'id'], {
  name: 'fk_events_company',
})
export class CompanyEvent {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  organization_id!: number;

  /** Never shown: clients know an event by its slug, which may change. */
  @PrimaryColumn('integer', {
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_events',
  })
  id!: number;

  @Column('integer')
  company_id!: number;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  /** The name as searches compare it, see `searchKey`. */
  @Column('text')
  name_key!: string;

  /** What the clock on the wall shows; it is never converted. */
  @Column('timestamp')
  date_start!: string;

  @Column('timestamp')
  date_end!: string;

  @Column('text')
  attendance_mode!: 'online' | 'offline';

  @Column('text')
  company_role!: 'organizing' | 'attending';

  /** IANA zone in which the wall clock hangs. */
  @Column('text')
  timezone!: string;

  @Column('text')
  locale!: string;

  @Column('text', { nullable: true })
  privacy_policy!: string | null;

  /** ISO 3166-1 alpha-2, as is `country`. */
  @Column('text', { nullable: true })
  tax_country!: string | null;

  /** `null`: not said yet, which only who attends may leave. */
  @Column('boolean', { nullable: true })
  requires_ticket_assignment!: boolean | null;

  @Column('text', { nullable: true })
  city!: string | null;

  @Column('text', { nullable: true })
  province!: string | null;

  @Column('text', { nullable: true })
  country!: string | null;

  @Column('text', { nullable: true })
  google_place_id!: string | null;

  @Column('text', { nullable: true })
  venue!: string | null;

  @Column('text', { nullable: true })
  venue_address!: string | null;

  @Column('text', { nullable: true })
  venue_google_place_id!: string | null;

  /** What of the event page has been given so far, sanitised. */
  @Column('jsonb', { default: () => `'{}'` })
  page!: object;

  /** Where the page's picture comes from, as given: `json` keeps the order of the keys, `jsonb` does not. */
  @Column('json', { nullable: true })
  unsplash_data!: object | null;

  @Column(INSTANT)
  created_at!: Instant;

  @Column(INSTANT)
  updated_at!: Instant;
}
