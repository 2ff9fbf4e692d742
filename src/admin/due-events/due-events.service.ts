import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { MembersService } from '../members/members.service.js';
import { DueEventsRepository, type DueEventRow } from './due-events.repository.js';
import type { UpdateDueEventDto, CreateDueEventDto } from './due-events.dto.js';

/** Creates and updates due events. */
@Injectable()
export class DueEventsService {
  constructor(
    private readonly events: DueEventsRepository,
    private readonly members: MembersService,
    private readonly clock: Clock,
  ) {}

  async create(tenant: Organization, dto: CreateDueEventDto): Promise<DueEventRow> {
    const { kind, realm_id, type, title, start } = dto;
    const draft = {
      kind,
      realm_id,
      type,
      title,
      start,
      end: dto.end ?? null,
      description: dto.description ?? '',
      all_day: dto.all_day ?? false,
      creator_id: (await this.creatorId(tenant, dto.creator)) ?? null,
    };
    return this.events.insertEvent(tenant.id, draft, this.clock.now());
  }

  async change(tenant: Organization, id: string, dto: UpdateDueEventDto): Promise<DueEventRow> {
    // The creator is looked up in another table; a missing event must be reported before an unknown creator.
    if (dto.creator != null) await this.events.findEvent(tenant.id, id);
    const { type, title, start, end } = dto;
    const change = {
      type,
      title,
      start,
      end,
      description: dto.description === null ? '' : dto.description,
      all_day: dto.all_day === null ? false : dto.all_day,
      creator_id: await this.creatorId(tenant, dto.creator),
    };
    return this.events.changeEvent(tenant.id, id, change, this.clock.now());
  }

  private async creatorId(
    tenant: Organization,
    email: string | null | undefined,
  ): Promise<number | null | undefined> {
    return email == null ? email : this.members.idOf(tenant, email, 'creator');
  }
}
