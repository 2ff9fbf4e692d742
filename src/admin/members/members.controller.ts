import { Body, Param, Query, UseFilters } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { Changes, Creates, Deletes, Lists, Refuses, Shows, TenantResource } from '../admin.docs.js';
import { answerList, ListQuery, type ListAnswer } from '../list.dto.js';
import { Tenant, TenantRowFirst, within } from '../tenant.js';
import { MembersRepository } from './members.repository.js';
import { ChangeMember, CreateMember, MemberAnswer, viewMember } from './members.dto.js';

@TenantResource('Members', 'members')
export class MembersController {
  constructor(private readonly members: MembersRepository) {}

  @Creates(MemberAnswer, 'createMember', 'Add a person to the organization')
  @Refuses('conflict')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateMember): Promise<MemberAnswer> {
    return viewMember(await this.members.create(tenant, dto));
  }

  @Lists(MemberAnswer, 'listMembers', 'List the people of the organization, oldest first')
  list(@Tenant() tenant: Organization, @Query() query: ListQuery): Promise<ListAnswer<MemberAnswer>> {
    return answerList(query, (page) => this.members.rows.page(within(tenant), page), viewMember);
  }

  @Shows(MemberAnswer, 'getMember', 'Show one person, with the id that each product shows')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<MemberAnswer> {
    return viewMember(await this.members.rows.find(within(tenant), id));
  }

  @Changes(MemberAnswer, 'changeMember', 'Change a person')
  @UseFilters(TenantRowFirst(MembersRepository))
  @Refuses('conflict')
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: ChangeMember,
  ): Promise<MemberAnswer> {
    return viewMember(await this.members.change(tenant, id, dto));
  }

  @Deletes('deleteMember', 'Delete a person who owns nothing, with their credentials and sessions')
  @Refuses('conflict')
  async delete(@Tenant() tenant: Organization, @Param('id') id: string): Promise<void> {
    await this.members.rows.delete(within(tenant), id);
  }
}
