import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import type { Page } from '../../../core/page.js';
import { companyForbidden, planWithoutApi } from '../companies.failures.js';
import { CompaniesRepository, type ListedCompanyRow, type Slice } from './companies.repository.js';
import { companyNumberOf } from './company-id.js';

/** Companies as their organization sees them. */
@Injectable()
export class CompaniesService {
  constructor(private readonly companies: CompaniesRepository) {}

  list({ organizationId }: Caller, page: Page): Promise<Slice<ListedCompanyRow>> {
    return this.companies.list(organizationId, page);
  }

  /** The refusals of `CompanyAccess`, with one statement instead of two. */
  async find({ organizationId }: Caller, id: string): Promise<ListedCompanyRow> {
    const number = companyNumberOf(id);
    const company = number === undefined ? undefined : await this.companies.findShown(organizationId, number);
    if (company === undefined) throw companyForbidden();
    if (!company.use_api) throw planWithoutApi();
    return company;
  }
}
