import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import type { EventPageContent, EventPageRow } from '../events/company-events.repository.js';

const ORGANIZED_EVENT = `organization_id = $1 AND company_id = $2 AND slug = $3 AND company_role = 'organizing'`;

const PAGE_COLUMNS = 'page, unsplash_data::text AS unsplash_data';

const FIND = statement<EventPageRow>(
  'companies.event_page.find',
  `SELECT ${PAGE_COLUMNS} FROM companies.events WHERE ${ORGANIZED_EVENT}`,
);

// Missing keys stay unchanged; `null` is stored.
const CHANGE = statement<EventPageRow>(
  'companies.event_page.change',
  `UPDATE companies.events SET
     page = page || $4::jsonb,
     unsplash_data = CASE WHEN $6::boolean THEN $7::json ELSE unsplash_data END,
     updated_at = $5
   WHERE ${ORGANIZED_EVENT} RETURNING ${PAGE_COLUMNS}`,
);

/** `undefined` leaves a field unchanged; `null` clears it. */
export interface EventPageChange extends EventPageContent {
  readonly unsplash_data?: object | null | undefined;
}

/** Pages of the events that a company organizes; other events have none. */
@Injectable()
export class CompanyEventPagesRepository {
  constructor(private readonly database: Database) {}

  find({ organization_id, id }: CompanyRow, slug: string): Promise<EventPageRow | undefined> {
    return this.database.one(FIND, [organization_id, id, slug]);
  }

  change(
    { organization_id, id }: CompanyRow,
    slug: string,
    { unsplash_data, ...page }: EventPageChange,
    now: Instant,
  ): Promise<EventPageRow | undefined> {
    const unsplashJson = unsplash_data == null ? null : JSON.stringify(unsplash_data);
    const key = [organization_id, id, slug];
    return this.database.one(CHANGE, [
      ...key,
      JSON.stringify(page),
      now,
      unsplash_data !== undefined,
      unsplashJson,
    ]);
  }
}
