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
import { LocationsService } from './locations.service.js';
import { UpdateLocationDto, CreateLocationDto, LocationResponseDto, viewLocation } from './locations.dto.js';

@TenantResource('Locations', 'locations')
export class LocationsController {
  constructor(
    private readonly service: LocationsService,
    private readonly catalogue: SpaceCatalogueRepository,
  ) {}

  @CreateRoute(LocationResponseDto, 'createLocation', 'Add a location')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateLocationDto): Promise<LocationResponseDto> {
    return viewLocation(await this.service.create(tenant, dto));
  }

  @ListRoute(LocationResponseDto, 'listLocations', 'List locations, oldest first')
  list(
    @Tenant() { id }: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<LocationResponseDto>> {
    return listResponse(query, (page) => this.catalogue.pageLocations(id, page), viewLocation);
  }

  @FindRoute(LocationResponseDto, 'getLocation', 'Show one location')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<LocationResponseDto> {
    return viewLocation(await this.service.find(tenant, id));
  }

  @UpdateRoute(LocationResponseDto, 'changeLocation', 'Change a location')
  @UseFilters(
    CheckFirst(LocationsService, (rows, request) => rows.find(tenantOf(request), parameterOf(request, 'id'))),
  )
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateLocationDto,
  ): Promise<LocationResponseDto> {
    return viewLocation(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteLocation', 'Delete a location that no space is in')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.service.delete(tenant, id);
  }
}
