import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { CheckFirst } from '../../http/check-first.filter.js';
import {
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  FindRoute,
  TenantResource,
} from '../admin.docs.js';
import { listResponse, ListQueryDto, type ListResponse } from '../list.dto.js';
import { parameterOf, Tenant, tenantOf } from '../tenant.js';
import { DueEventsService } from './due-events.service.js';
import { DueEventsRepository } from './due-events.repository.js';
import { UpdateDueEventDto, CreateDueEventDto, DueEventResponseDto, viewDueEvent } from './due-events.dto.js';

@TenantResource('Due events', 'due-events')
export class DueEventsController {
  constructor(
    private readonly service: DueEventsService,
    private readonly events: DueEventsRepository,
  ) {}

  @CreateRoute(
    DueEventResponseDto,
    'createDueEvent',
    'Put an assignment or discussion into a realm’s calendar',
  )
  async create(@Tenant() tenant: Organization, @Body() dto: CreateDueEventDto): Promise<DueEventResponseDto> {
    return viewDueEvent(await this.service.create(tenant, dto));
  }

  @ListRoute(DueEventResponseDto, 'listDueEvents', 'List assignments and discussions, oldest entry first')
  list(
    @Tenant() { id }: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<DueEventResponseDto>> {
    return listResponse(query, (page) => this.events.findPage(id, page), viewDueEvent);
  }

  @FindRoute(DueEventResponseDto, 'getDueEvent', 'Show one assignment or discussion')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<DueEventResponseDto> {
    return viewDueEvent(await this.events.findEvent(tenant.id, id));
  }

  @UpdateRoute(DueEventResponseDto, 'changeDueEvent', 'Change an assignment or discussion')
  @UseFilters(
    CheckFirst(DueEventsRepository, (events, request) =>
      events.findEvent(tenantOf(request).id, parameterOf(request, 'id')),
    ),
  )
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateDueEventDto,
  ): Promise<DueEventResponseDto> {
    return viewDueEvent(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteDueEvent', 'Delete an assignment or discussion')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.events.deleteEvent(tenant.id, id);
  }
}
