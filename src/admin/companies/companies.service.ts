import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { slugOf } from '../../core/slug.js';
import { RESERVED_SEGMENTS } from '../../http/reserved-segments.js';
import type { Company } from '../../surfaces/companies/companies/company.entity.js';
import { underFreeSlug } from '../free-slug.js';
import { within } from '../tenant.js';
import { CompaniesRepository } from './companies.repository.js';
import type { UpdateCompanyDto, CreateCompanyDto } from './companies.dto.js';

/** Creates and updates companies. */
@Injectable()
export class CompaniesService {
  constructor(
    private readonly companies: CompaniesRepository,
    private readonly clock: Clock,
  ) {}

  create(tenant: Organization, dto: CreateCompanyDto): Promise<Company> {
    const now = this.clock.now();
    const write = (slug: string): Promise<Company> =>
      this.companies.insertRow({
        ...dto,
        ...within(tenant),
        slug,
        use_api: dto.use_api ?? true,
        time_zone: dto.time_zone ?? tenant.time_zone,
        created_at: now,
        updated_at: now,
      });
    if (dto.slug != null) return write(dto.slug);
    return underFreeSlug(slugOf(dto.name, 'company'), this.companies, write, RESERVED_SEGMENTS);
  }

  change(tenant: Organization, id: string, dto: UpdateCompanyDto): Promise<Company> {
    return this.companies.changeRow(within(tenant), id, {
      ...dto,
      use_api: dto.use_api === null ? true : dto.use_api,
      time_zone: dto.time_zone === null ? tenant.time_zone : dto.time_zone,
      updated_at: this.clock.now(),
    });
  }
}
