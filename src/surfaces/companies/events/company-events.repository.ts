import type { Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import type { WallClock } from '../../../core/wall-clock.js';
import { batchedRead } from '../../../database/batched-read.js';
import { batchedWrite } from '../../../database/batched-write.js';
import type { Nullable } from '../../../database/columns.js';
import { refusedBy, whenRefused } from '../../../database/failures.js';
import { pageExtent } from '../../../database/kept-page.js';
import { plannedEachTime, statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { PER_PAGE } from '../companies.envelope.js';
import { companyForbidden, InvalidEvent } from '../companies.failures.js';
import type { CompanyRow, Slice } from '../companies/companies.repository.js';
import type { AttendanceMode, CompanyRole, Locale } from './company-event.conditions.js';
import {
  changedBy,
  COHOSTS,
  EVENT_COLUMNS,
  FROM_JSON,
  WRITABLE_COLUMNS,
  WRITABLE_COLUMN_NAMES,
} from './company-event.columns.js';
import { CompanyEvent } from './company-event.entity.js';
import { containsPattern } from './company-event.search.js';
import type { CountryCode } from '../country.js';

export interface CohostRow {
  readonly id: number;
  readonly name: string;
  readonly privacy_policy: string | null;
  readonly position: number;
}

/** Content of an event page, except for `unsplash_data`. */
export interface EventPageContent {
  readonly tagline?: string | null;
  readonly description?: string | null;
  readonly support_email?: string | null;
  readonly header_image?: string | null;
  readonly show_attendees?: boolean | null;
}

/** An event page as queries return it. */
export interface EventPageRow {
  readonly page: EventPageContent;
  /** JSON text that preserves the order of keys. */
  readonly unsplash_data: string | null;
}

/** The writable columns. */
export interface CompanyEventFields {
  readonly name: string;
  readonly name_key: string;
  readonly date_start: WallClock;
  readonly date_end: WallClock;
  readonly attendance_mode: AttendanceMode;
  readonly company_role: CompanyRole;
  readonly timezone: string;
  readonly locale: Locale;
  readonly privacy_policy: string | null;
  readonly tax_country: string | null;
  readonly requires_ticket_assignment: boolean | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly country: CountryCode | null;
  readonly google_place_id: string | null;
  readonly venue: string | null;
  readonly venue_address: string | null;
  readonly venue_google_place_id: string | null;
}

/** `undefined` leaves a column unchanged; `null` clears it. */
export type CompanyEventChange = {
  readonly [Key in keyof CompanyEventFields]?: CompanyEventFields[Key] | undefined;
} & { readonly slug?: string | undefined };

/** An event with its cohosts, as every query here returns it. */
export interface CompanyEventRow extends Omit<CompanyEventFields, 'name_key' | 'tax_country'>, EventPageRow {
  readonly slug: string;
  readonly created_at: Instant;
  /** Ordered by position. */
  readonly cohosts: readonly CohostRow[];
}

const IN_COMPANY = 'organization_id = :organization_id AND company_id = :company_id';

const FIND = batchedRead<CompanyEventRow>(
  'companies.event.find',
  { organization_id: 'integer', company_id: 'integer', slug: 'text' },
  `SELECT input.n, ${EVENT_COLUMNS}, ${COHOSTS}
     FROM {input}
     JOIN companies.events e ON e.organization_id = input.organization_id AND e.company_id = input.company_id
                            AND e.slug = input.slug`,
);

// If the slug is taken, also by another row of the same batch, nothing is inserted or returned.
const CREATE = batchedWrite<CompanyEventRow>(
  'companies.event.create',
  {
    organization_id: 'integer',
    company_id: 'integer',
    slug: 'text',
    created_at: 'timestamptz',
    ...WRITABLE_COLUMNS,
  },
  `WITH r AS MATERIALIZED (SELECT * FROM {input}),
     e AS (
       INSERT INTO companies.events
         (organization_id, company_id, slug, created_at, updated_at, ${WRITABLE_COLUMN_NAMES.join(', ')})
       SELECT organization_id, company_id, slug, created_at, created_at, ${FROM_JSON}
         FROM r ORDER BY organization_id, company_id, slug, n
       ON CONFLICT ON CONSTRAINT uq_events_slug DO NOTHING
       RETURNING *)
   SELECT (SELECT min(r.n) FROM r WHERE r.organization_id = e.organization_id AND r.company_id = e.company_id
                                    AND r.slug = e.slug) AS n,
          ${EVENT_COLUMNS}, '[]'::json AS cohosts
     FROM e`,
);

// Keys missing in the JSON keep the current value.
const CHANGE = statement<CompanyEventRow>(
  'companies.event.change',
  `WITH e AS (
     UPDATE companies.events old SET (slug, updated_at, ${WRITABLE_COLUMN_NAMES.join(', ')}) =
       (SELECT r.slug, :now::timestamptz, ${changedBy(':change::jsonb')}
          FROM jsonb_populate_record(old, :change::jsonb) r)
     WHERE ${IN_COMPANY} AND slug = :slug
     RETURNING *)
   SELECT ${EVENT_COLUMNS}, ${COHOSTS} FROM e`,
);

// Serializes the creation of events with the same name, so that each finds the next free number.
const LOCK_COMPANY = statement<{ id: number }>(
  'companies.company.hold',
  `SELECT id FROM companies.companies WHERE organization_id = :organization_id AND id = :company_id FOR NO KEY UPDATE`,
);

// Tries one number after another with an index lookup each, until one is free.
const FREE_NUMBER = statement<{ number: number }>(
  'companies.event.free_number',
  `SELECT number FROM (SELECT generate_series(2, 1000000) AS number) numbers
    WHERE (SELECT count(*) FROM companies.events WHERE ${IN_COMPANY} AND slug = :slug::text || '-' || number) = 0
    LIMIT 1`,
);

const NEWEST_FIRST = 'date_start DESC, slug COLLATE "C"';

// The total is in the outer row, so it is returned past the end of the list as well.
const LIST = statement<{ total: number } & Nullable<CompanyEventRow>>(
  'companies.event.list',
  `SELECT whole.total, ${EVENT_COLUMNS}, ${COHOSTS}
     FROM (SELECT count(*)::integer AS total FROM companies.events WHERE ${IN_COMPANY}) whole
     LEFT JOIN LATERAL (
       SELECT * FROM companies.events WHERE ${IN_COMPANY} ORDER BY ${NEWEST_FIRST}
        ${pageExtent(PER_PAGE)}) e ON true
    ORDER BY e.date_start DESC, e.slug COLLATE "C"`,
);

/**
 * The same for a search in names: by the trigram index from three characters on, else by scanning the company's events.
 */
export const SEARCH = plannedEachTime<{ total: number } & Nullable<CompanyEventRow>>(
  `WITH found AS MATERIALIZED (
     SELECT id, date_start, slug FROM companies.events WHERE ${IN_COMPANY} AND name_key LIKE :pattern)
   SELECT whole.total, ${EVENT_COLUMNS}, ${COHOSTS}
     FROM (SELECT count(*)::integer AS total FROM found) whole
     LEFT JOIN LATERAL (
       SELECT full_row.* FROM (SELECT id FROM found ORDER BY ${NEWEST_FIRST} LIMIT :limit OFFSET :offset) slice
         JOIN companies.events full_row ON full_row.organization_id = :organization_id AND full_row.id = slice.id) e ON true
    ORDER BY e.date_start DESC, e.slug COLLATE "C"`,
);

/** Constraints on the event as a whole; which fields are missing has to be found out by reading it. */
const COMPLETENESS_CONSTRAINTS: ReadonlySet<string | undefined> = new Set([
  'ck_events_ends_not_before_start',
  'ck_events_offline_has_a_place',
  'ck_events_organizing_says_who_gets_tickets',
]);

const SLUG_TAKEN = {
  uq_events_slug: (): Failure =>
    new InvalidEvent([
      { location: 'body', field: 'slug', message: 'slug is taken by another event of the company' },
    ]),
};

/** A company can be deleted between the access check and the write. */
const COMPANY_GONE = { fk_events_company: companyForbidden };

/** Reads and writes events; every statement is restricted to one company of one organization. */
export class CompanyEventsRepository extends StatementRepository<CompanyEvent> {
  static readonly entity = CompanyEvent;

  async findEvent({ organization_id, id }: CompanyRow, slug: string): Promise<CompanyEventRow | undefined> {
    return (await this.readBatched(FIND, [organization_id, id, slug]))[0];
  }

  /** A page, newest start first, of events whose name contains `q`. */
  async list(company: CompanyRow, q: string, page: Page): Promise<Slice<CompanyEventRow>> {
    const values = { ...keyOf(company), ...page };
    const rows = await (q === ''
      ? this.all(LIST, values)
      : this.all(SEARCH, { ...values, pattern: containsPattern(q) }));
    return {
      rows: rows.filter((row): row is typeof row & CompanyEventRow => row.slug !== null),
      total: rows[0]?.total ?? 0,
    };
  }

  /** Returns the new event; `undefined` if its slug is taken. */
  insertEvent(
    company: CompanyRow,
    slug: string,
    fields: CompanyEventFields,
    now: Instant,
  ): Promise<CompanyEventRow | undefined> {
    const { organization_id, id: company_id } = company;
    // Named columns first: V8 makes a literal that begins with a spread a slow object, and 70 MB of them outlive their request.
    const row = { organization_id, company_id, slug, created_at: now, ...fields };
    return whenRefused(this.writeBatched(CREATE, row), COMPANY_GONE);
  }

  /** Locks the company until the end of the transaction; whether there is one. */
  async lockCompany(company: CompanyRow): Promise<boolean> {
    return (await this.one(LOCK_COMPANY, keyOf(company))) !== undefined;
  }

  /** Inserts the event under the first free suffix, `-2`, `-3`…; `undefined` if it was taken meanwhile. */
  async insertNumbered(
    company: CompanyRow,
    slug: string,
    fields: CompanyEventFields,
    now: Instant,
  ): Promise<CompanyEventRow | undefined> {
    const free = await this.one(FREE_NUMBER, { ...keyOf(company), slug });
    return free && this.insertEvent(company, `${slug}-${free.number}`, fields, now);
  }

  /** Returns the changed event; `undefined` if there is none, `incomplete` if the change would leave it incomplete. */
  async changeEvent(
    company: CompanyRow,
    slug: string,
    change: CompanyEventChange,
    now: Instant,
  ): Promise<CompanyEventRow | 'incomplete' | undefined> {
    const write = this.one(CHANGE, { ...keyOf(company), slug, now, change: JSON.stringify(change) });
    try {
      return await whenRefused(write, SLUG_TAKEN);
    } catch (error) {
      if (COMPLETENESS_CONSTRAINTS.has(refusedBy(error))) return 'incomplete';
      throw error;
    }
  }
}

function keyOf({ organization_id, id }: CompanyRow): { organization_id: number; company_id: number } {
  return { organization_id, company_id: id };
}
