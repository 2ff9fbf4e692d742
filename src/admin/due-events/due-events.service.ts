import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Members } from '../members/members.table.js';
import { DueEvents, type DueEventRow } from './due-events.table.js';
import type { ChangeDueEvent, CreateDueEvent } from './due-events.wire.js';

/** How due events come about. */
@Injectable()
export class DueEventsService {
  constructor(
    private readonly events: DueEvents,
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  async create(tenant: Organization, wish: CreateDueEvent): Promise<DueEventRow> {
    const { kind, realm_id, type, title, start } = wish;
    const draft = {
      kind,
      realm_id,
      type,
      title,
      start,
      end: wish.end ?? null,
      description: wish.description ?? '',
      all_day: wish.all_day ?? false,
      creator_id: (await this.creatorId(tenant, wish.creator)) ?? null,
    };
    return this.events.create(tenant.id, draft, this.clock.now());
  }

  async change(tenant: Organization, id: string, wish: ChangeDueEvent): Promise<DueEventRow> {
    // Who the creator is to be is asked of another table: a row that is not there comes first.
    if (wish.creator != null) await this.events.find(tenant.id, id);
    const { type, title, start, end } = wish;
    const change = {
      type,
      title,
      start,
      end,
      description: wish.description === null ? '' : wish.description,
      all_day: wish.all_day === null ? false : wish.all_day,
      creator_id: await this.creatorId(tenant, wish.creator),
    };
    return this.events.change(tenant.id, id, change, this.clock.now());
  }

  private async creatorId(
    tenant: Organization,
    email: string | null | undefined,
  ): Promise<number | null | undefined> {
    return email == null ? email : this.members.idOf(tenant, email, 'creator');
  }
}
