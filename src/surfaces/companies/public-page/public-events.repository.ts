import type { Instant } from '../../../core/instant.js';
import { acrossOrganizations, statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { COHOSTS, EVENT_COLUMNS } from '../events/company-event.columns.js';
import type { CompanyHeaderImage } from '../event-pages/company-header-image.entity.js';
import { CompanyEvent } from '../events/company-event.entity.js';
import type { CompanyEventRow } from '../events/company-events.repository.js';

/** An event on its public page, with the company that publishes it. */
export interface PublicEventRow extends CompanyEventRow {
  readonly event_number: number;
  readonly updated_at: Instant;
  readonly company_name: string;
  readonly company_slug: string;
}

const FIND = acrossOrganizations(
  statement<PublicEventRow>(
    'companies.public_event.find',
    `SELECT ${EVENT_COLUMNS}, ${COHOSTS}, e.id AS event_number, e.updated_at, co.name AS company_name,
          co.slug AS company_slug
     FROM companies.companies co
     JOIN companies.events e ON e.organization_id = co.organization_id AND e.company_id = co.id
    WHERE co.slug = :company_slug AND e.slug = :slug`,
  ),
);

/** An uploaded picture. */
export type PublicHeaderImageRow = Readonly<Pick<CompanyHeaderImage, 'content_type' | 'hash' | 'bytes'>>;

const FIND_HEADER_IMAGE = acrossOrganizations(
  statement<PublicHeaderImageRow>(
    'companies.public_event.header_image',
    `SELECT i.content_type, i.hash, i.bytes
     FROM companies.companies co
     JOIN companies.events e ON e.organization_id = co.organization_id AND e.company_id = co.id
     JOIN companies.header_images i ON i.organization_id = e.organization_id AND i.event_id = e.id
    WHERE co.slug = :company_slug AND e.slug = :slug`,
  ),
);

/** Finds events by their public URL alone, across all organizations. */
export class PublicEventsRepository extends StatementRepository<CompanyEvent> {
  static readonly entity = CompanyEvent;

  findPublished(company_slug: string, slug: string): Promise<PublicEventRow | undefined> {
    return this.one(FIND, { company_slug, slug });
  }

  findHeaderImage(company_slug: string, slug: string): Promise<PublicHeaderImageRow | undefined> {
    return this.one(FIND_HEADER_IMAGE, { company_slug, slug });
  }
}
