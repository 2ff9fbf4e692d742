import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { FastifyRequest } from 'fastify';
import type { AccessCheck } from '../../../auth/requirement.js';
import type { Caller } from '../../../core/caller.js';
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

/** The channel on which PostgreSQL says whose credentials, or companies, are worth something else now. */
const CHANNEL = 'quintet_credentials';
/** The net under the notifications: a company is never believed for longer than this. */
const LIFETIME_MS = 10_000;
const MAX_COMPANIES = 10_000;

/**
 * Stands before every route of a company: it must be of the caller's organization, and its plan must open the API.
 * Rules get the company from here alone, so none of them can be reached past it. Companies are remembered as
 * credentials are, and forgotten on the same announcement; while that line is down nothing is remembered.
 */
@Injectable()
export class CompanyAccess implements AccessCheck {
  private readonly known = new LRUCache<string, CompanyRow>({ max: MAX_COMPANIES, ttl: LIFETIME_MS });
  /** Counts what was heard, so that a row read before a change cannot be remembered after it. */
  private changes = 0;

  constructor(
    private readonly companies: CompaniesRepository,
    private readonly listener: Listener,
  ) {
    listener.on(CHANNEL, () => this.forget());
    listener.onSilence(() => this.forget());
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
    if (id === undefined) return undefined;
    const { changes } = this;
    const company = await this.companies.find(organizationId, id);
    if (company !== undefined && this.listener.connected && changes === this.changes)
      this.known.set(key, company);
    return company;
  }

  private forget(): void {
    this.changes++;
    this.known.clear();
  }
}
