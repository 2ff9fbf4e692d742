import { Injectable } from '@nestjs/common';
import { cohostNotFound, eventNotFound } from './companies.failures.js';
import type { CompanyRow } from './companies.table.js';
import { placed, without } from './cohost-order.js';
import { CompanyCohosts, type HeldCohosts } from './company-cohosts.table.js';
import type { AddCohost, ChangeCohost } from './company-cohosts.wire.js';
import { isEventSlug } from './company-event.slug.js';
import { CompanyEvents, type CompanyEventRow } from './company-events.table.js';
import { cohostId } from './cohost-id.js';

/** The rules of cohosts. Every call answers the parent event. */
@Injectable()
export class CompanyCohostsService {
  constructor(
    private readonly cohosts: CompanyCohosts,
    private readonly events: CompanyEvents,
  ) {}

  /** Fails where there is no such event, or no such cohost of it. */
  async find(company: CompanyRow, slug: string, cohost?: string): Promise<void> {
    const event = isEventSlug(slug) ? await this.events.find(company, slug) : undefined;
    if (event === undefined) throw eventNotFound();
    if (cohost === undefined) return;
    const id = cohostId.read(cohost);
    if (!event.cohosts.some((other) => other.id === id)) throw cohostNotFound();
  }

  add(company: CompanyRow, slug: string, wish: AddCohost): Promise<CompanyEventRow> {
    return this.hold(company, slug, async (cohosts) => {
      const id = await cohosts.add({ name: wish.name, privacy_policy: wish.privacy_policy ?? null });
      if (wish.position != null) await cohosts.arrange(placed(cohosts.order, id, wish.position));
    });
  }

  change(company: CompanyRow, slug: string, cohost: string, wish: ChangeCohost): Promise<CompanyEventRow> {
    return this.hold(company, slug, async (cohosts) => {
      const id = memberOf(cohosts, cohost);
      await cohosts.change(id, { name: wish.name, privacy_policy: wish.privacy_policy });
      // A position that is cleared means what none means: last.
      if (wish.position !== undefined) {
        await cohosts.arrange(placed(cohosts.order, id, wish.position ?? undefined));
      }
    });
  }

  remove(company: CompanyRow, slug: string, cohost: string): Promise<CompanyEventRow> {
    return this.hold(company, slug, async (cohosts) => {
      const id = memberOf(cohosts, cohost);
      await cohosts.remove(id);
      await cohosts.arrange(without(cohosts.order, id));
    });
  }

  private async hold(
    company: CompanyRow,
    slug: string,
    work: (cohosts: HeldCohosts) => Promise<void>,
  ): Promise<CompanyEventRow> {
    const event = isEventSlug(slug) ? await this.cohosts.hold(company, slug, work) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }
}

function memberOf({ order }: HeldCohosts, cohost: string): number {
  const id = cohostId.read(cohost);
  if (id === undefined || !order.includes(id)) throw cohostNotFound();
  return id;
}
