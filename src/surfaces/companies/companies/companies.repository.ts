import type { Page } from '../../../core/page.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { Company } from './company.entity.js';

/** What every request below a company needs to know about it. */
export type CompanyRow = Readonly<Pick<Company, 'organization_id' | 'id' | 'slug' | 'use_api' | 'time_zone'>>;

/** A company in a list. */
export type ListedCompanyRow = Readonly<Pick<Company, (typeof LISTED)[number]>>;

const LISTED = [
  'id',
  'slug',
  'name',
  'logo',
  'brand_color',
  'privacy_policy',
  'tagline',
  'url',
  'created_at',
] as const satisfies readonly (keyof Company)[];

/** The same with what decides whether it may be shown. */
export type ShownCompanyRow = ListedCompanyRow & Pick<CompanyRow, 'use_api'>;

/** A page of rows and the total count. */
export interface Slice<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

const FIND = statement<CompanyRow>(
  'companies.company.find',
  `SELECT organization_id, id, slug, use_api, time_zone FROM companies.companies WHERE organization_id = :organization_id AND id = :id`,
);

// The total is in the outer row, so it is returned past the end of the list as well.
const LIST = statement<{ total: number } & { [Key in keyof ListedCompanyRow]: ListedCompanyRow[Key] | null }>(
  'companies.company.list',
  `SELECT whole.total, ${LISTED.map((name) => `c.${name}`).join(', ')}
     FROM (SELECT count(*)::integer AS total FROM companies.companies WHERE organization_id = :organization_id AND use_api) whole
     LEFT JOIN LATERAL (
       SELECT * FROM companies.companies WHERE organization_id = :organization_id AND use_api
        ORDER BY id LIMIT :limit OFFSET :offset) c ON true
    ORDER BY c.id`,
);

const SHOW = statement<ShownCompanyRow>(
  'companies.company.show',
  `SELECT ${LISTED.join(', ')}, use_api FROM companies.companies WHERE organization_id = :organization_id AND id = :id`,
);

/** Reads companies; every statement is restricted to one organization. */
export class CompaniesRepository extends StatementRepository<Company> {
  static readonly entity = Company;

  findCompany(organization_id: number, id: number): Promise<CompanyRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  findShown(organization_id: number, id: number): Promise<ShownCompanyRow | undefined> {
    return this.one(SHOW, { organization_id, id });
  }

  /** Companies whose plan includes the API, oldest first. */
  async list(organization_id: number, page: Page): Promise<Slice<ListedCompanyRow>> {
    const rows = await this.all(LIST, { organization_id, ...page });
    return {
      rows: rows.filter((row): row is typeof row & ListedCompanyRow => row.id !== null),
      total: rows[0]?.total ?? 0,
    };
  }
}
