import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import type { Instant } from '../../../core/instant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { UploadedFile } from '../../../http/server/multipart.js';
import { pageNotFound } from '../companies.failures.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { isEventSlug } from '../events/company-event.slug.js';
import { CompanyEventPagesRepository } from './company-event-pages.repository.js';
import { headerImageOf, isOwnAddress, referenceTo } from './company-header-image.js';
import type { UpdateCompanyEventPageDto } from './company-event-pages.dto.js';
import type { EventPageRow } from '../events/company-events.repository.js';

/** Event pages. */
@Injectable()
export class CompanyEventPagesService {
  constructor(
    private readonly pages: CompanyEventPagesRepository,
    private readonly unitOfWork: UnitOfWork,
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
    { header_image, ...dto }: UpdateCompanyEventPageDto,
    eventUrl: string,
  ): Promise<EventPageRow> {
    const now = this.clock.now(caller);
    const page = !isEventSlug(slug)
      ? undefined
      : header_image === undefined ||
          (typeof header_image === 'string' && isOwnAddress(header_image, eventUrl))
        ? await this.pages.changePage(company, slug, dto, now)
        : await this.changeWithImage(company, slug, { ...dto, header_image }, now);
    if (page === undefined) throw pageNotFound();
    return page;
  }

  /** The change and the bytes of the picture, new or no longer used, in one transaction. */
  private changeWithImage(
    company: CompanyRow,
    slug: string,
    { header_image: given, ...dto }: UpdateCompanyEventPageDto,
    now: Instant,
  ): Promise<EventPageRow | undefined> {
    const uploaded = given instanceof UploadedFile ? headerImageOf(given.bytes) : undefined;
    const header_image = uploaded === undefined ? (given as string | null) : referenceTo(uploaded);
    return this.unitOfWork.run(async (manager) => {
      const pages = manager.withRepository(this.pages);
      const page = await pages.changePage(company, slug, { ...dto, header_image }, now);
      // The event is locked now, so what follows sees the picture of an earlier change.
      if (page !== undefined) {
        if (uploaded === undefined) await pages.deleteHeaderImage(company, slug);
        else await pages.storeHeaderImage(company, slug, uploaded);
      }
      return page;
    });
  }
}
