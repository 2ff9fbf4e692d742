import { Body, Param, Query, UseInterceptors } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { Changes, Creates, Deletes, Lists, Refuses, Shows, TenantResource } from '../admin.docs.js';
import { answerList, ListQuery, type ListAnswer } from '../list.wire.js';
import { Tenant, TenantRowFirst, within } from '../tenant.js';
import { Spaces } from './spaces.table.js';
import { ChangeSpace, CreateSpace, SpaceAnswer, viewSpace } from './spaces.wire.js';

@TenantResource('Spaces', 'spaces')
export class SpacesController {
  constructor(private readonly spaces: Spaces) {}

  @Creates(SpaceAnswer, 'createSpace', 'Add a space to a location')
  async create(@Tenant() tenant: Organization, @Body() wish: CreateSpace): Promise<SpaceAnswer> {
    return viewSpace(await this.spaces.create(tenant, wish));
  }

  @Lists(SpaceAnswer, 'listSpaces', 'List spaces, oldest first')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<SpaceAnswer>> {
    return answerList(query, (page) => this.spaces.rows.page(within(tenant), page), viewSpace);
  }

  @Shows(SpaceAnswer, 'getSpace', 'Show one space')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<SpaceAnswer> {
    return viewSpace(await this.spaces.rows.find(within(tenant), id));
  }

  @Changes(SpaceAnswer, 'changeSpace', 'Change a space')
  @UseInterceptors(TenantRowFirst(Spaces))
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() wish: ChangeSpace,
  ): Promise<SpaceAnswer> {
    return viewSpace(await this.spaces.change(tenant, id, wish));
  }

  @Deletes('deleteSpace', 'Delete a space that nobody has booked')
  @Refuses('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.spaces.rows.delete(within(tenant), id);
  }
}
