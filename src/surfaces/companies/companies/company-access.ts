import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { FastifyRequest } from 'fastify';
import type { AccessCheck } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
import { Listener } from '../../../database/listener.js';
import { companyForbidden, planWithoutApi } from '../companies.failures.js';
import { CompaniesRepository, type CompanyRow } from './companies.repository.js';
import { companyNumberOf } from './company-id.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The company that the path names; set by its gate on routes that ask for it. */
    company?: CompanyRow;
  }
}

/** The channel on which PostgreSQL says whose credentials, or companies, are worth something else now. */
const CHANNEL = 'quintet_credentials';
/** The net under the notifications: a company is never believed for longer than this. */
const CACHE_TTL_MS = 10_000;
const MAX_CACHED_COMPANIES = 10_000;

/**
 * Stands before every route of a company: it must be of the caller's organization, and its plan must open the API.
 * Rules get the company from here alone, so none of them can be reached past it. Companies are remembered as
 * credentials are, and forgotten on the same announcement; while that line is down nothing is remembered.
 */
@Injectable()
export class CompanyAccess implements AccessCheck {
  private readonly cache = new LRUCache<string, CompanyRow>({ max: MAX_CACHED_COMPANIES, ttl: CACHE_TTL_MS });
  /** Counts what was heard, so that a row read before a change cannot be remembered after it. */
  private version = 0;

  constructor(
    private readonly companies: CompaniesRepository,
    private readonly listener: Listener,
  ) {
    listener.on(CHANNEL, () => this.forget());
    listener.onSilence(() => this.forget());
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
    const cache = this.cache.get(key);
    if (cache !== undefined) return cache;
    const id = companyNumberOf(companyId);
    if (id === undefined) return undefined;
    const { version } = this;
    const company = await this.companies.find(organizationId, id);
    if (company !== undefined && this.listener.connected && version === this.version)
      this.cache.set(key, company);
    return company;
  }

  private forget(): void {
    this.version++;
    this.cache.clear();
  }
}
