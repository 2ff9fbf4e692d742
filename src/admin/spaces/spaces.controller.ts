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
import { SpacesRepository } from './spaces.repository.js';
import { SpacesService } from './spaces.service.js';
import { ChangeSpace, CreateSpace, SpaceAnswer, viewSpace } from './spaces.dto.js';

@TenantResource('Spaces', 'spaces')
export class SpacesController {
  constructor(
    private readonly service: SpacesService,
    private readonly spaces: SpacesRepository,
  ) {}

  @CreateRoute(SpaceAnswer, 'createSpace', 'Add a space to a location')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateSpace): Promise<SpaceAnswer> {
    return viewSpace(await this.service.create(tenant, dto));
  }

  @ListRoute(SpaceAnswer, 'listSpaces', 'List spaces, oldest first')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<SpaceAnswer>> {
    return answerList(query, (page) => this.spaces.findPage(within(tenant), page), viewSpace);
  }

  @FindRoute(SpaceAnswer, 'getSpace', 'Show one space')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<SpaceAnswer> {
    return viewSpace(await this.spaces.findRow(within(tenant), id));
  }

  @UpdateRoute(SpaceAnswer, 'changeSpace', 'Change a space')
  @UseFilters(TenantRowFirst(SpacesRepository))
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeSpace,
  ): Promise<SpaceAnswer> {
    return viewSpace(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteSpace', 'Delete a space that nobody has booked')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.spaces.deleteRow(within(tenant), id);
  }
}
