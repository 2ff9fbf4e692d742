import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { pageNotFound } from '../companies.failures.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { isEventSlug } from '../events/company-event.slug.js';
import { CompanyEventPagesRepository } from './company-event-pages.repository.js';
import type { UpdateCompanyEventPageDto } from './company-event-pages.dto.js';
import type { EventPageRow } from '../events/company-events.repository.js';

/** Event pages. */
@Injectable()
export class CompanyEventPagesService {
  constructor(
    private readonly pages: CompanyEventPagesRepository,
    private readonly clock: Clock,
  ) {}

  async find(company: CompanyRow, slug: string): Promise<EventPageRow> {
    const page = isEventSlug(slug) ? await this.pages.findPage(company, slug) : undefined;
    if (page === undefined) throw pageNotFound();
    return page;
  }

  /** Fields that are not given stay unchanged, even if the page is still empty. */
  async change(
    caller: Caller,
    company: CompanyRow,
    slug: string,
    dto: UpdateCompanyEventPageDto,
  ): Promise<EventPageRow> {
    const now = this.clock.now(caller);
    const page = isEventSlug(slug) ? await this.pages.changePage(company, slug, { ...dto }, now) : undefined;
    if (page === undefined) throw pageNotFound();
    return page;
  }
}
