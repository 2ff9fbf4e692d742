import { Injectable } from '@nestjs/common';
import type { Instant } from '../../core/instant.js';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import type { CompanyRow } from './companies.table.js';
import type { EventPageContent } from './company-events.table.js';

interface EventPageRow {
  readonly page: EventPageContent;
}

const ORGANIZING = `organization_id = $1 AND company_id = $2 AND slug = $3 AND company_role = 'organizing'`;

const FIND = statement<EventPageRow>(
  'companies.event_page.find',
  `SELECT page FROM companies.events WHERE ${ORGANIZING}`,
);

// Keys that are not given stay; `null` is kept, and shown as nothing.
const CHANGE = statement<EventPageRow>(
  'companies.event_page.change',
  `UPDATE companies.events SET page = page || $4::jsonb, updated_at = $5 WHERE ${ORGANIZING} RETURNING page`,
);

/** The pages of the events that a company organizes; other events have none. */
@Injectable()
export class CompanyEventPages {
  constructor(private readonly database: Database) {}

  async find({ organization_id, id }: CompanyRow, slug: string): Promise<EventPageContent | undefined> {
    return (await this.database.one(FIND, [organization_id, id, slug]))?.page;
  }

  async change(
    { organization_id, id }: CompanyRow,
    slug: string,
    change: EventPageContent,
    now: Instant,
  ): Promise<EventPageContent | undefined> {
    const values = [organization_id, id, slug, JSON.stringify(change), now];
    return (await this.database.one(CHANGE, values))?.page;
  }
}
