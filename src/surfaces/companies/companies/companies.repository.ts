import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';

/** What every request below a company needs to know about it. */
export interface CompanyRow {
  readonly organization_id: number;
  readonly id: number;
  readonly use_api: boolean;
  readonly time_zone: string;
}

/** A company in a list. */
export interface ListedCompanyRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly created_at: Instant;
}

/** A page of rows and the total count. */
export interface Slice<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

const FIND = statement<CompanyRow>(
  'companies.company.find',
  `SELECT organization_id, id, use_api, time_zone FROM companies.companies WHERE organization_id = $1 AND id = $2`,
);

// The total is in the outer row, so it is returned past the end of the list as well.
const LIST = statement<{ total: number } & { [Key in keyof ListedCompanyRow]: ListedCompanyRow[Key] | null }>(
  'companies.company.list',
  `SELECT whole.total, c.id, c.slug, c.name, c.created_at
     FROM (SELECT count(*)::integer AS total FROM companies.companies WHERE organization_id = $1 AND use_api) whole
     LEFT JOIN LATERAL (
       SELECT * FROM companies.companies WHERE organization_id = $1 AND use_api ORDER BY id LIMIT $2 OFFSET $3) c ON true
    ORDER BY c.id`,
);

/** Reads companies; every statement is restricted to one organization. */
@Injectable()
export class CompaniesRepository {
  constructor(private readonly database: Database) {}

  find(organizationId: number, id: number): Promise<CompanyRow | undefined> {
    return this.database.one(FIND, [organizationId, id]);
  }

  /** Companies whose plan includes the API, oldest first. */
  async list(organizationId: number, { limit, offset }: Page): Promise<Slice<ListedCompanyRow>> {
    const rows = await this.database.all(LIST, [organizationId, limit, offset]);
    return {
      rows: rows.filter((row): row is typeof row & ListedCompanyRow => row.id !== null),
      total: rows[0]?.total ?? 0,
    };
  }
}
