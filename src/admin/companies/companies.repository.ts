import type { ObjectLiteral } from 'typeorm';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { companyNumberOf } from '../../surfaces/companies/companies/company-id.js';
import { Company } from '../../surfaces/companies/companies/company.entity.js';
import { taken } from '../admin.failures.js';
import { AdminRepository } from '../admin.repository.js';

const SLUGS_LIKE = acrossOrganizations(
  statement<{ slug: string }>(
    'admin.company.slugs_like',
    'SELECT slug FROM companies.companies WHERE slug LIKE :pattern',
  ),
);

/** Companies that publish events for organizations. Slugs are unique across all organizations. */
export class CompaniesRepository extends AdminRepository<Company> {
  static readonly entity = Company;
  protected readonly noun = 'company';
  protected override readonly refusals = {
    uq_companies_public_slug: () => taken('slug', 'slug is the slug of another company'),
  };

  async slugsLike(slug: string): Promise<string[]> {
    const companies = await this.all(SLUGS_LIKE, { pattern: `${slug}%` });
    return companies.map((company) => company.slug);
  }

  protected override conditionFor(text: string): ObjectLiteral | undefined {
    const id = companyNumberOf(text);
    return id === undefined ? undefined : { id };
  }
}
