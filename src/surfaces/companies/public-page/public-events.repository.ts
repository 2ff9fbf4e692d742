import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import { COHOSTS, EVENT_COLUMNS } from '../events/company-event.columns.js';
import type { CompanyEventRow } from '../events/company-events.repository.js';

/** An event on its public page, with the company that publishes it. */
export interface PublicEventRow extends CompanyEventRow {
  readonly event_number: number;
  readonly updated_at: Instant;
  readonly company_name: string;
  readonly company_slug: string;
}

const FIND = statement<PublicEventRow>(
  'companies.public_event.find',
  `SELECT ${EVENT_COLUMNS}, ${COHOSTS}, e.id AS event_number, e.updated_at, co.name AS company_name,
          co.slug AS company_slug
     FROM companies.companies co
     JOIN companies.events e ON e.organization_id = co.organization_id AND e.company_id = co.id
    WHERE co.slug = $1 AND e.slug = $2`,
);

/** Finds events by their public URL alone, across all organizations. */
@Injectable()
export class PublicEventsRepository {
  constructor(private readonly database: Database) {}

  find(companySlug: string, eventSlug: string): Promise<PublicEventRow | undefined> {
    return this.database.one(FIND, [companySlug, eventSlug]);
  }
}
