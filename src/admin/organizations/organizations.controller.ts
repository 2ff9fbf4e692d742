import { Body, Param, Query, UseFilters } from '@nestjs/common';
import type { Actor } from '../../audit/audit.js';
import { CurrentActor } from '../../auth/actor.js';
import { CheckFirst } from '../../http/check-first.filter.js';
import {
  AdminResource,
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  ApiFailures,
  FindRoute,
} from '../admin.docs.js';
import { listResponse, ListQueryDto, type ListResponse } from '../list.dto.js';
import { parameterOf } from '../tenant.js';
import { OrganizationsRepository } from './organizations.repository.js';
import { OrganizationsService } from './organizations.service.js';
import {
  UpdateOrganizationDto,
  CreateOrganizationDto,
  ID_OR_SLUG,
  OrganizationResponseDto,
  viewOrganization,
} from './organizations.dto.js';

@AdminResource('Organizations', 'organizations', ID_OR_SLUG)
export class OrganizationsController {
  constructor(
    private readonly service: OrganizationsService,
    private readonly organizations: OrganizationsRepository,
  ) {}

  @CreateRoute(OrganizationResponseDto, 'createOrganization', 'Found an organization')
  @ApiFailures('conflict')
  async create(@Body() dto: CreateOrganizationDto): Promise<OrganizationResponseDto> {
    return viewOrganization(await this.service.create(dto));
  }

  @ListRoute(OrganizationResponseDto, 'listOrganizations', 'List organizations, oldest first')
  list(@Query() query: ListQueryDto): Promise<ListResponse<OrganizationResponseDto>> {
    return listResponse(query, (page) => this.organizations.findPage({}, page), viewOrganization);
  }

  @FindRoute(OrganizationResponseDto, 'getOrganization', 'Show one organization by its id or slug')
  async find(@Param('id') id: string): Promise<OrganizationResponseDto> {
    return viewOrganization(await this.organizations.findRow({}, id));
  }

  @UpdateRoute(OrganizationResponseDto, 'changeOrganization', 'Change an organization')
  @UseFilters(
    CheckFirst(OrganizationsRepository, (organizations, request) =>
      organizations.findRow({}, parameterOf(request, 'id')),
    ),
  )
  @ApiFailures('conflict')
  async change(
    @Param('id') id: string,
    @Body() dto: UpdateOrganizationDto,
  ): Promise<OrganizationResponseDto> {
    return viewOrganization(await this.service.change(id, dto));
  }

  @DeleteRoute('deleteOrganization', 'Delete an organization with everything that is theirs')
  async delete(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.service.delete(id, actor);
  }
}
