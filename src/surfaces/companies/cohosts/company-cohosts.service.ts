import { Injectable } from '@nestjs/common';
import { cohostNotFound, eventNotFound } from '../companies.failures.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { insertAt, removeFrom } from './cohost-order.js';
import { CompanyCohostsRepository, type LockedCohosts } from './company-cohosts.repository.js';
import type { AddCohost, ChangeCohost } from './company-cohosts.dto.js';
import { isEventSlug } from '../events/company-event.slug.js';
import { CompanyEventsRepository, type CompanyEventRow } from '../events/company-events.repository.js';
import { cohostId } from './cohost-id.js';

/** Cohosts. Every operation returns the parent event. */
@Injectable()
export class CompanyCohostsService {
  constructor(
    private readonly cohosts: CompanyCohostsRepository,
    private readonly events: CompanyEventsRepository,
  ) {}

  /** Fails if there is no such event, or no such cohost of it. */
  async find(company: CompanyRow, slug: string, cohost?: string): Promise<void> {
    const event = isEventSlug(slug) ? await this.events.find(company, slug) : undefined;
    if (event === undefined) throw eventNotFound();
    if (cohost === undefined) return;
    const id = cohostId.read(cohost);
    if (!event.cohosts.some((other) => other.id === id)) throw cohostNotFound();
  }

  add(company: CompanyRow, slug: string, dto: AddCohost): Promise<CompanyEventRow> {
    return this.withLockedCohosts(company, slug, async (cohosts) => {
      const id = await cohosts.add({ name: dto.name, privacy_policy: dto.privacy_policy ?? null });
      if (dto.position != null) await cohosts.reorder(insertAt(cohosts.order, id, dto.position));
    });
  }

  change(company: CompanyRow, slug: string, cohost: string, dto: ChangeCohost): Promise<CompanyEventRow> {
    return this.withLockedCohosts(company, slug, async (cohosts) => {
      const id = cohostIdIn(cohosts, cohost);
      await cohosts.change(id, { name: dto.name, privacy_policy: dto.privacy_policy });
      // A cleared position means last, as in a request without one.
      if (dto.position !== undefined) {
        await cohosts.reorder(insertAt(cohosts.order, id, dto.position ?? undefined));
      }
    });
  }

  remove(company: CompanyRow, slug: string, cohost: string): Promise<CompanyEventRow> {
    return this.withLockedCohosts(company, slug, async (cohosts) => {
      const id = cohostIdIn(cohosts, cohost);
      await cohosts.remove(id);
      await cohosts.reorder(removeFrom(cohosts.order, id));
    });
  }

  private async withLockedCohosts(
    company: CompanyRow,
    slug: string,
    work: (cohosts: LockedCohosts) => Promise<void>,
  ): Promise<CompanyEventRow> {
    const event = isEventSlug(slug) ? await this.cohosts.withLockedCohosts(company, slug, work) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }
}

function cohostIdIn({ order }: LockedCohosts, cohost: string): number {
  const id = cohostId.read(cohost);
  if (id === undefined || !order.includes(id)) throw cohostNotFound();
  return id;
}
