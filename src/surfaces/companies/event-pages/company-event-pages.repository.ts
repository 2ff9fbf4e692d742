import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { CompanyEvent } from '../events/company-event.entity.js';
import type { EventPageContent, EventPageRow } from '../events/company-events.repository.js';

const ORGANIZED_EVENT = `organization_id = :organization_id AND company_id = :company_id AND slug = :slug
  AND company_role = 'organizing'`;

const PAGE_COLUMNS = 'page, unsplash_data::text AS unsplash_data';

const FIND = statement<EventPageRow>(
  'companies.event_page.find',
  `SELECT ${PAGE_COLUMNS} FROM companies.events WHERE ${ORGANIZED_EVENT}`,
);

// Missing keys stay unchanged; `null` is stored.
const CHANGE = statement<EventPageRow>(
  'companies.event_page.change',
  `UPDATE companies.events SET
     page = page || :page::jsonb,
     unsplash_data = CASE WHEN :changes_unsplash_data::boolean THEN :unsplash_data::json ELSE unsplash_data END,
     updated_at = :now
   WHERE ${ORGANIZED_EVENT} RETURNING ${PAGE_COLUMNS}`,
);

/** `undefined` leaves a field unchanged; `null` clears it. */
export interface EventPageChange extends EventPageContent {
  readonly unsplash_data?: object | null | undefined;
}

/** Pages of the events that a company organizes; other events have none. */
export class CompanyEventPagesRepository extends StatementRepository<CompanyEvent> {
  static readonly entity = CompanyEvent;

  findPage({ organization_id, id: company_id }: CompanyRow, slug: string): Promise<EventPageRow | undefined> {
    return this.one(FIND, { organization_id, company_id, slug });
  }

  changePage(
    { organization_id, id: company_id }: CompanyRow,
    slug: string,
    { unsplash_data, ...page }: EventPageChange,
    now: Instant,
  ): Promise<EventPageRow | undefined> {
    return this.one(CHANGE, {
      organization_id,
      company_id,
      slug,
      now,
      page: JSON.stringify(page),
      changes_unsplash_data: unsplash_data !== undefined,
      unsplash_data: unsplash_data == null ? null : JSON.stringify(unsplash_data),
    });
  }
}
