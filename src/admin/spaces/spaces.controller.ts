import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { CheckFirst } from '../../http/check-first.filter.js';
import { SpaceCatalogueRepository } from '../../surfaces/spaces/catalogue/space-catalogue.repository.js';
import {
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  ApiFailures,
  FindRoute,
  TenantResource,
} from '../admin.docs.js';
import { listResponse, ListQueryDto, type ListResponse } from '../list.dto.js';
import { parameterOf, Tenant, tenantOf } from '../tenant.js';
import { SpacesService } from './spaces.service.js';
import { UpdateSpaceDto, CreateSpaceDto, SpaceResponseDto, viewSpace } from './spaces.dto.js';

@TenantResource('Spaces', 'spaces')
export class SpacesController {
  constructor(
    private readonly service: SpacesService,
    private readonly catalogue: SpaceCatalogueRepository,
  ) {}

  @CreateRoute(SpaceResponseDto, 'createSpace', 'Add a space to a location')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateSpaceDto): Promise<SpaceResponseDto> {
    return viewSpace(await this.service.create(tenant, dto));
  }

  @ListRoute(SpaceResponseDto, 'listSpaces', 'List spaces, oldest first')
  list(
    @Tenant() { id }: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<SpaceResponseDto>> {
    return listResponse(query, (page) => this.catalogue.pageSpaces(id, page), viewSpace);
  }

  @FindRoute(SpaceResponseDto, 'getSpace', 'Show one space')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<SpaceResponseDto> {
    return viewSpace(await this.service.find(tenant, id));
  }

  @UpdateRoute(SpaceResponseDto, 'changeSpace', 'Change a space')
  @UseFilters(
    CheckFirst(SpacesService, (rows, request) => rows.find(tenantOf(request), parameterOf(request, 'id'))),
  )
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateSpaceDto,
  ): Promise<SpaceResponseDto> {
    return viewSpace(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteSpace', 'Delete a space that nobody has booked from now on, with its past bookings')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.service.delete(tenant, id);
  }
}
