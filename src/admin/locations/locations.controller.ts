import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { Changes, Creates, Deletes, Lists, Refuses, Shows, TenantResource } from '../admin.docs.js';
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

  @Creates(LocationAnswer, 'createLocation', 'Add a location')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateLocation): Promise<LocationAnswer> {
    return viewLocation(await this.service.create(tenant, dto));
  }

  @Lists(LocationAnswer, 'listLocations', 'List locations, oldest first')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<LocationAnswer>> {
    return answerList(query, (page) => this.locations.findPage(within(tenant), page), viewLocation);
  }

  @Shows(LocationAnswer, 'getLocation', 'Show one location')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<LocationAnswer> {
    return viewLocation(await this.locations.findRow(within(tenant), id));
  }

  @Changes(LocationAnswer, 'changeLocation', 'Change a location')
  @UseFilters(TenantRowFirst(LocationsRepository))
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeLocation,
  ): Promise<LocationAnswer> {
    return viewLocation(await this.service.change(tenant, id, dto));
  }

  @Deletes('deleteLocation', 'Delete a location that no space is in')
  @Refuses('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.locations.deleteRow(within(tenant), id);
  }
}
