import { Like, type ObjectLiteral } from 'typeorm';
import { companyNumberOf } from '../../surfaces/companies/companies/company-id.js';
import { Company } from '../../surfaces/companies/companies/company.entity.js';
import { taken } from '../admin.failures.js';
import { AdminRepository } from '../admin.repository.js';

/** Companies that publish events for organizations. Slugs are unique across all organizations. */
export class CompaniesRepository extends AdminRepository<Company> {
  static readonly entity = Company;
  protected readonly noun = 'company';
  protected override readonly refusals = {
    uq_companies_public_slug: () => taken('slug', 'slug is the slug of another company'),
  };

  async slugsLike(slug: string): Promise<string[]> {
    const companies = await this.find({ select: { slug: true }, where: { slug: Like(`${slug}%`) } });
    return companies.map((company) => company.slug);
  }

  protected override conditionFor(text: string): ObjectLiteral | undefined {
    const id = companyNumberOf(text);
    return id === undefined ? undefined : { id };
  }
}
