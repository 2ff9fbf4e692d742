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
import { listResponse, ListQueryDto, type ListResponse } from '../list.dto.js';
import { Tenant, CheckTenantRowFirst, within } from '../tenant.js';
import { RealmsService } from './realms.service.js';
import { RealmsRepository } from './realms.repository.js';
import { UpdateRealmDto, CreateRealmDto, RealmResponseDto, viewRealm } from './realms.dto.js';

@TenantResource('Realms', 'realms')
export class RealmsController {
  constructor(
    private readonly service: RealmsService,
    private readonly realms: RealmsRepository,
  ) {}

  @CreateRoute(RealmResponseDto, 'createRealm', 'Add a district, school, course, section or group')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateRealmDto): Promise<RealmResponseDto> {
    return viewRealm(await this.service.create(tenant, dto));
  }

  @ListRoute(RealmResponseDto, 'listRealms', 'List realms, oldest first')
  list(
    @Tenant() tenant: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<RealmResponseDto>> {
    return listResponse(query, (page) => this.realms.findPage(within(tenant), page), viewRealm);
  }

  @FindRoute(RealmResponseDto, 'getRealm', 'Show one realm')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<RealmResponseDto> {
    return viewRealm(await this.realms.findRow(within(tenant), id));
  }

  @UpdateRoute(RealmResponseDto, 'changeRealm', 'Change a realm')
  @UseFilters(CheckTenantRowFirst(RealmsRepository))
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateRealmDto,
  ): Promise<RealmResponseDto> {
    return viewRealm(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteRealm', 'Delete a realm that nothing lies in, with its memberships')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.realms.deleteRow(within(tenant), id);
  }
}
