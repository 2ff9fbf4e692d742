import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessCheck } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { AnnouncedCache } from '../../../database/announced-cache.js';
import { Listener } from '../../../database/listener.js';
import { companyForbidden, planWithoutApi } from '../companies.failures.js';
import { CompaniesRepository, type CompanyRow } from './companies.repository.js';
import { companyNumberOf } from './company-id.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The company in the path; set by `CompanyAccess` on routes that require it. */
    company?: CompanyRow;
  }
}

/**
 * Access check of every company route: the company must belong to the caller's organization, and its plan must include
 * the API. Handlers get the company only from here, so the check cannot be bypassed.
 */
@Injectable()
export class CompanyAccess implements AccessCheck {
  private readonly cache: AnnouncedCache<CompanyRow>;

  constructor(
    private readonly companies: CompaniesRepository,
    listener: Listener,
  ) {
    this.cache = new AnnouncedCache(listener);
  }

  async admit({ organizationId }: Caller, request: FastifyRequest): Promise<void> {
    const { company: companyId = '' } = request.params as { company?: string };
    const company = await this.find(organizationId, companyId);
    if (company === undefined) throw companyForbidden();
    if (!company.use_api) throw planWithoutApi();
    request.company = company;
  }

  private async find(organizationId: number, companyId: string): Promise<CompanyRow | undefined> {
    const key = `${organizationId} ${companyId}`;
    const cached = this.cache.get(key);
    if (cached !== undefined) return cached;
    const id = companyNumberOf(companyId);
    return id === undefined
      ? undefined
      : this.cache.read(key, () => this.companies.findCompany(organizationId, id));
  }
}
