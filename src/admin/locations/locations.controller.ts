import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import {
  UpdateRoute,
  CreateRoute,
  DeleteRoute,
  ListRoute,
  ApiFailures,
  FindRoute,
  TenantResource,
} from '../admin.docs.js';
import { answerList, ListQuery, type ListAnswer } from '../list.dto.js';
import { Tenant, TenantRowFirst, within } from '../tenant.js';
import { LocationsRepository } from './locations.repository.js';
import { LocationsService } from './locations.service.js';
import { ChangeLocation, CreateLocation, LocationAnswer, viewLocation } from './locations.dto.js';

@TenantResource('Locations', 'locations')
export class LocationsController {
  constructor(
    private readonly service: LocationsService,
    private readonly locations: LocationsRepository,
  ) {}

  @CreateRoute(LocationAnswer, 'createLocation', 'Add a location')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateLocation): Promise<LocationAnswer> {
    return viewLocation(await this.service.create(tenant, dto));
  }

  @ListRoute(LocationAnswer, 'listLocations', 'List locations, oldest first')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<LocationAnswer>> {
    return answerList(query, (page) => this.locations.findPage(within(tenant), page), viewLocation);
  }

  @FindRoute(LocationAnswer, 'getLocation', 'Show one location')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<LocationAnswer> {
    return viewLocation(await this.locations.findRow(within(tenant), id));
  }

  @UpdateRoute(LocationAnswer, 'changeLocation', 'Change a location')
  @UseFilters(TenantRowFirst(LocationsRepository))
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeLocation,
  ): Promise<LocationAnswer> {
    return viewLocation(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteLocation', 'Delete a location that no space is in')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.locations.deleteRow(within(tenant), id);
  }
}
