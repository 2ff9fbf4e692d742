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
import { MembersRepository } from './members.repository.js';
import { MembersService } from './members.service.js';
import { ChangeMember, CreateMember, MemberAnswer, viewMember } from './members.dto.js';

@TenantResource('Members', 'members')
export class MembersController {
  constructor(
    private readonly service: MembersService,
    private readonly members: MembersRepository,
  ) {}

  @CreateRoute(MemberAnswer, 'createMember', 'Add a person to the organization')
  @ApiFailures('conflict')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateMember): Promise<MemberAnswer> {
    return viewMember(await this.service.create(tenant, dto));
  }

  @ListRoute(MemberAnswer, 'listMembers', 'List the people of the organization, oldest first')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<MemberAnswer>> {
    return answerList(query, (page) => this.members.findPage(within(tenant), page), viewMember);
  }

  @FindRoute(MemberAnswer, 'getMember', 'Show one person, with the id that each product shows')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<MemberAnswer> {
    return viewMember(await this.members.findRow(within(tenant), id));
  }

  @UpdateRoute(MemberAnswer, 'changeMember', 'Change a person')
  @UseFilters(TenantRowFirst(MembersRepository))
  @ApiFailures('conflict')
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeMember,
  ): Promise<MemberAnswer> {
    return viewMember(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteMember', 'Delete a person who owns nothing, with their credentials and sessions')
  @ApiFailures('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.members.deleteRow(within(tenant), id);
  }
}
