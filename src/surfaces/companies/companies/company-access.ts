import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessCheck } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { AnnouncedCache } from '../../../database/announced-cache.js';
import { Listener } from '../../../database/listener.js';
import { companyClosed, planWithoutApi } from '../companies.failures.js';
import { CompaniesRepository, type CompanyRow } from './companies.repository.js';
import { companyNumberOf } from './company-id.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The company that the path names; set by its gate on routes that ask for it. */
    company?: CompanyRow;
  }
}

/**
 * Stands before every route of a company: it must be of the caller's organization, and its plan must open the API.
 * Rules get the company from here alone, so none of them can be reached past it. Companies are remembered as
 * credentials are.
 */
@Injectable()
export class CompanyAccess implements AccessCheck {
  private readonly known: AnnouncedCache<CompanyRow>;

  constructor(
    private readonly companies: CompaniesRepository,
    listener: Listener,
  ) {
    this.known = new AnnouncedCache(listener);
  }

  async admit({ organizationId }: Caller, request: FastifyRequest): Promise<void> {
    const { company: named = '' } = request.params as { company?: string };
    const company = await this.find(organizationId, named);
    if (company === undefined) throw companyClosed();
    if (!company.use_api) throw planWithoutApi();
    request.company = company;
  }

  private async find(organizationId: number, named: string): Promise<CompanyRow | undefined> {
    const key = `${organizationId} ${named}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const id = companyNumberOf(named);
    return id === undefined ? undefined : this.known.read(key, () => this.companies.find(organizationId, id));
  }
}
