import { Body, Param, Query, UseFilters } from '@nestjs/common';
import type { Actor } from '../../audit/audit.js';
import { CurrentActor } from '../../auth/actor.js';
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
import { CheckFirst } from '../../http/check-first.filter.js';
import { MembersRepository } from '../../auth/members.repository.js';
import { parameterOf, Tenant, tenantOf } from '../tenant.js';
import { MembersService } from './members.service.js';
import { UpdateMemberDto, CreateMemberDto, MemberResponseDto, viewMember } from './members.dto.js';

@TenantResource('Members', 'members')
export class MembersController {
  constructor(
    private readonly service: MembersService,
    private readonly members: MembersRepository,
  ) {}

  @CreateRoute(MemberResponseDto, 'createMember', 'Add a person to the organization')
  @ApiFailures('conflict')
  async create(@Tenant() tenant: Organization, @Body() dto: CreateMemberDto): Promise<MemberResponseDto> {
    return viewMember(await this.service.create(tenant, dto));
  }

  @ListRoute(MemberResponseDto, 'listMembers', 'List the people of the organization, oldest first')
  list(
    @Tenant() tenant: Organization,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<MemberResponseDto>> {
    return listResponse(query, (page) => this.members.page(tenant.id, page), viewMember);
  }

  @FindRoute(MemberResponseDto, 'getMember', 'Show one person, with the id that each product shows')
  async find(@Tenant() tenant: Organization, @Param('id') id: string): Promise<MemberResponseDto> {
    return viewMember(await this.service.find(tenant, id));
  }

  @UpdateRoute(MemberResponseDto, 'changeMember', 'Change a person')
  @UseFilters(
    CheckFirst(MembersService, (rows, request) => rows.find(tenantOf(request), parameterOf(request, 'id'))),
  )
  @ApiFailures('conflict')
  async change(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @Body() dto: UpdateMemberDto,
  ): Promise<MemberResponseDto> {
    return viewMember(await this.service.change(tenant, id, dto));
  }

  @DeleteRoute('deleteMember', 'Delete a person who owns nothing, with their credentials and sessions')
  @ApiFailures('conflict')
  async delete(
    @Tenant() tenant: Organization,
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.service.delete(tenant, id, actor);
  }
}
