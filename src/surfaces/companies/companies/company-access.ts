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
    /** The company in the path; set by `CompanyAccess` on routes that require it. */
    company?: CompanyRow;
  }
}

/** PostgreSQL notifies on this channel when a credential or company changes. */
const CHANNEL = 'quintet_credentials';
/** Limits staleness if a notification is lost. */
const CACHE_TTL_MS = 10_000;
const MAX_CACHED_COMPANIES = 10_000;

/**
 * Access check of every company route: the company must belong to the caller's organization, and its plan must include
 * the API. Handlers get the company only from here, so the check cannot be bypassed. Companies are cached like
 * credentials and invalidated by the same notification; nothing is cached while the listener is disconnected.
 */
@Injectable()
export class CompanyAccess implements AccessCheck {
  private readonly cache = new LRUCache<string, CompanyRow>({ max: MAX_CACHED_COMPANIES, ttl: CACHE_TTL_MS });
  /** Incremented by every notification, so that a row read before a change is not cached after it. */
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
    const cached = this.cache.get(key);
    if (cached !== undefined) return cached;
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
