import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { CompanyEvent } from '../events/company-event.entity.js';
import type { HeaderImage } from './company-header-image.js';
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

const EVENT_ID = `SELECT organization_id, id AS event_id FROM companies.events WHERE ${ORGANIZED_EVENT}`;

const STORE_HEADER_IMAGE = statement<object>(
  'companies.header_image.store',
  `INSERT INTO companies.header_images (organization_id, event_id, content_type, hash, bytes)
   SELECT organization_id, event_id, :content_type::text, :hash::text, :bytes::bytea FROM (${EVENT_ID}) e
   ON CONFLICT ON CONSTRAINT pk_header_images DO UPDATE SET
     content_type = excluded.content_type, hash = excluded.hash, bytes = excluded.bytes`,
);

const DELETE_HEADER_IMAGE = statement<object>(
  'companies.header_image.delete',
  `DELETE FROM companies.header_images WHERE (organization_id, event_id) IN (${EVENT_ID})`,
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

  async storeHeaderImage(company: CompanyRow, slug: string, image: HeaderImage): Promise<void> {
    const { organization_id, id: company_id } = company;
    await this.all(STORE_HEADER_IMAGE, { organization_id, company_id, slug, ...image });
  }

  async deleteHeaderImage({ organization_id, id: company_id }: CompanyRow, slug: string): Promise<void> {
    await this.all(DELETE_HEADER_IMAGE, { organization_id, company_id, slug });
  }
}
