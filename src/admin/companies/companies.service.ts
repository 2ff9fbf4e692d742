import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { slugOf } from '../../core/slug.js';
import { RESERVED_SEGMENTS } from '../../http/reserved-segments.js';
import type { Company } from '../../surfaces/companies/companies/company.entity.js';
import { underFreeSlug } from '../free-slug.js';
import { within } from '../tenant.js';
import { CompaniesRepository } from './companies.repository.js';
import type { ChangeCompany, CreateCompany } from './companies.dto.js';

/** Creates and updates companies. */
@Injectable()
export class CompaniesService {
  constructor(
    private readonly companies: CompaniesRepository,
    private readonly clock: Clock,
  ) {}

  create(tenant: Organization, { name, slug, use_api, time_zone }: CreateCompany): Promise<Company> {
    const now = this.clock.now();
    const write = (free: string): Promise<Company> =>
      this.companies.insertRow({
        ...within(tenant),
        name,
        slug: free,
        use_api: use_api ?? true,
        time_zone: time_zone ?? tenant.time_zone,
        created_at: now,
        updated_at: now,
      });
    if (slug != null) return write(slug);
    return underFreeSlug(slugOf(name, 'company'), this.companies, write, RESERVED_SEGMENTS);
  }

  change(tenant: Organization, id: string, dto: ChangeCompany): Promise<Company> {
    return this.companies.changeRow(within(tenant), id, {
      name: dto.name,
      slug: dto.slug,
      use_api: dto.use_api === null ? true : dto.use_api,
      time_zone: dto.time_zone === null ? tenant.time_zone : dto.time_zone,
      updated_at: this.clock.now(),
    });
  }
}
