import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { cohostNotFound, eventNotFound } from '../companies.failures.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { insertAt, removeFrom, type CohostOrder } from './cohost-order.js';
import { CompanyCohostsRepository, type LockedEvent } from './company-cohosts.repository.js';
import type { CreateCompanyCohostDto, UpdateCompanyCohostDto } from './company-cohosts.dto.js';
import { isEventSlug } from '../events/company-event.slug.js';
import { CompanyEventsRepository, type CompanyEventRow } from '../events/company-events.repository.js';
import { cohostId } from './cohost-id.js';

/** Cohosts. Every operation returns the parent event. */
@Injectable()
export class CompanyCohostsService {
  constructor(
    private readonly cohosts: CompanyCohostsRepository,
    private readonly events: CompanyEventsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Fails if there is no such event, or no such cohost of it. */
  async find(company: CompanyRow, slug: string, cohost?: string): Promise<void> {
    const event = isEventSlug(slug) ? await this.events.findEvent(company, slug) : undefined;
    if (event === undefined) throw eventNotFound();
    if (cohost === undefined) return;
    const id = cohostId.read(cohost);
    if (!event.cohosts.some((other) => other.id === id)) throw cohostNotFound();
  }

  add(company: CompanyRow, slug: string, dto: CreateCompanyCohostDto): Promise<CompanyEventRow> {
    return this.withLockedEvent(company, slug, async (cohosts, event, order) => {
      const fields = { name: dto.name, privacy_policy: dto.privacy_policy ?? null };
      const id = await cohosts.addCohost(event, order.length + 1, fields);
      if (dto.position != null) await cohosts.reorder(event, insertAt(order, id, dto.position));
    });
  }

  change(
    company: CompanyRow,
    slug: string,
    cohost: string,
    dto: UpdateCompanyCohostDto,
  ): Promise<CompanyEventRow> {
    return this.withLockedEvent(company, slug, async (cohosts, event, order) => {
      const id = cohostIdIn(order, cohost);
      await cohosts.changeCohost(event, id, { name: dto.name, privacy_policy: dto.privacy_policy });
      // A cleared position means last, as in a request without one.
      if (dto.position !== undefined) {
        await cohosts.reorder(event, insertAt(order, id, dto.position ?? undefined));
      }
    });
  }

  remove(company: CompanyRow, slug: string, cohost: string): Promise<CompanyEventRow> {
    return this.withLockedEvent(company, slug, async (cohosts, event, order) => {
      const id = cohostIdIn(order, cohost);
      await cohosts.removeCohost(event, id);
      await cohosts.reorder(event, removeFrom(order, id));
    });
  }

  /** Runs `work` with the event locked and returns the event afterwards. */
  private async withLockedEvent(
    company: CompanyRow,
    slug: string,
    work: (cohosts: CompanyCohostsRepository, event: LockedEvent, order: CohostOrder) => Promise<void>,
  ): Promise<CompanyEventRow> {
    if (!isEventSlug(slug)) throw eventNotFound();
    return this.unitOfWork.run(async (manager) => {
      const cohosts = manager.withRepository(this.cohosts);
      const event = await cohosts.lockEvent(company, slug);
      if (event === undefined) throw eventNotFound();
      await work(cohosts, event, await cohosts.orderOf(event));
      const changed = await manager.withRepository(this.events).findEvent(company, slug);
      if (changed === undefined) throw eventNotFound();
      return changed;
    });
  }
}

function cohostIdIn(order: CohostOrder, cohost: string): number {
  const id = cohostId.read(cohost);
  if (id === undefined || !order.includes(id)) throw cohostNotFound();
  return id;
}
