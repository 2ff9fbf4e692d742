import { Injectable } from '@nestjs/common';
import { DataSource, Like } from 'typeorm';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { slugOf } from '../../core/slug.js';
import { Rows } from '../../database/rows.js';
import { RESERVED_SEGMENTS } from '../../http/reserved-segments.js';
import { companyNumberOf } from '../../surfaces/companies/companies/company-id.js';
import { Company } from '../../surfaces/companies/companies/company.entity.js';
import { taken } from '../admin.failures.js';
import { underFreeSlug } from '../free-slug.js';
import { within } from '../tenant.js';
import type { ChangeCompany, CreateCompany } from './companies.dto.js';

/** Companies that publish events for organizations. Slugs are unique across all organizations. */
@Injectable()
export class CompaniesRepository {
  readonly rows: Rows<Company>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.rows = new Rows(dataSource, Company, {
      noun: 'company',
      named: (text) => {
        const id = companyNumberOf(text);
        return id === undefined ? undefined : { id };
      },
      refusals: {
        uq_companies_public_slug: () => taken('slug', 'slug is the slug of another company'),
      },
    });
  }

  create(tenant: Organization, { name, slug, use_api, time_zone }: CreateCompany): Promise<Company> {
    const now = this.clock.now();
    const write = (free: string): Promise<Company> =>
      this.rows.create({
        ...within(tenant),
        name,
        slug: free,
        use_api: use_api ?? true,
        time_zone: time_zone ?? tenant.time_zone,
        created_at: now,
        updated_at: now,
      });
    if (slug != null) return write(slug);
    return underFreeSlug(slugOf(name, 'company'), (wanted) => this.slugsLike(wanted), write);
  }

  change(tenant: Organization, id: string, dto: ChangeCompany): Promise<Company> {
    return this.rows.change(within(tenant), id, {
      name: dto.name,
      slug: dto.slug,
      use_api: dto.use_api === null ? true : dto.use_api,
      time_zone: dto.time_zone === null ? tenant.time_zone : dto.time_zone,
      updated_at: this.clock.now(),
    });
  }

  private async slugsLike(slug: string): Promise<ReadonlySet<string>> {
    const companies = this.dataSource.getRepository(Company);
    const similar = await companies.find({ select: { slug: true }, where: { slug: Like(`${slug}%`) } });
    return new Set([...RESERVED_SEGMENTS, ...similar.map((company) => company.slug)]);
  }
}
