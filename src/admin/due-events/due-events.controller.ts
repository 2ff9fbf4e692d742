import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { AskFirst } from '../../http/ask-first.filter.js';
import {
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  FindRoute,
  TenantResource,
} from '../admin.docs.js';
import { answerList, ListQuery, type ListAnswer } from '../list.dto.js';
import { parameterOf, Tenant, tenantOf } from '../tenant.js';
import { DueEventsService } from './due-events.service.js';
import { DueEventsRepository } from './due-events.repository.js';
import { ChangeDueEvent, CreateDueEvent, DueEventAnswer, viewDueEvent } from './due-events.dto.js';

@TenantResource('Due events', 'due-events')
export class DueEventsController {
  constructor(
    private readonly service: DueEventsService,
    private readonly events: DueEventsRepository,
  ) {}

  @CreateRoute(DueEventAnswer, 'createDueEvent', 'Put an assignment or discussion into a realm’s calendar')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateDueEvent): Promise<DueEventAnswer> {
    return viewDueEvent(await this.service.create(tenant, dto));
  }

  @ListRoute(DueEventAnswer, 'listDueEvents', 'List assignments and discussions, oldest entry first')
  list(@Tenant() { id }: Organization, @Query() query: ListQuery): Promise<ListAnswer<DueEventAnswer>> {
    return answerList(query, (page) => this.events.findPage(id, page), viewDueEvent);
  }

  @FindRoute(DueEventAnswer, 'getDueEvent', 'Show one assignment or discussion')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<DueEventAnswer> {
    return viewDueEvent(await this.events.findEvent(tenant.id, id));
  }

  @UpdateRoute(DueEventAnswer, 'changeDueEvent', 'Change an assignment or discussion')
  @UseFilters(
    AskFirst(DueEventsRepository, (events, request) =>
      events.findEvent(tenantOf(request).id, parameterOf(request, 'id')),
    ),
  )
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeDueEvent,
  ): Promise<DueEventAnswer> {
    return viewDueEvent(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteDueEvent', 'Delete an assignment or discussion')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.events.deleteEvent(tenant.id, id);
  }
}
