import { Body, Param, Query, UseFilters, UseInterceptors } from '@nestjs/common';
import { Organization } from '../../auth/organization.entity.js';
import { CheckFirst } from '../../http/check-first.filter.js';
import { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
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
import { parameterOf, Tenant } from '../tenant.js';
import { inRealm, MembershipsRepository } from './memberships.repository.js';
import { MembershipsService } from './memberships.service.js';
import {
  UpdateMembershipDto,
  CreateMembershipDto,
  MEMBER_ID,
  MembershipResponseDto,
  viewMembership,
} from './memberships.dto.js';
import { RealmInterceptor, RealmInPath, realmOf } from './realm-path.js';

// Decorators are applied bottom-up: the organization is loaded first, then its realm.
@UseInterceptors(RealmInterceptor)
@TenantResource('Realms', 'realms/:kind/:realm/members', MEMBER_ID)
export class MembershipsController {
  constructor(
    private readonly service: MembershipsService,
    private readonly memberships: MembershipsRepository,
  ) {}

  @CreateRoute(MembershipResponseDto, 'createMembership', 'Put a member into a realm')
  @ApiFailures('conflict')
  async create(
    @Tenant() tenant: Organization,
    @RealmInPath() realm: Realm,
    @Body() dto: CreateMembershipDto,
  ): Promise<MembershipResponseDto> {
    return viewMembership(await this.service.create(tenant, realm, dto));
  }

  @ListRoute(MembershipResponseDto, 'listMemberships', 'List who belongs to a realm')
  list(
    @RealmInPath() realm: Realm,
    @Query() query: ListQueryDto,
  ): Promise<ListResponse<MembershipResponseDto>> {
    return listResponse(query, (page) => this.memberships.findPage(inRealm(realm), page), viewMembership);
  }

  @FindRoute(MembershipResponseDto, 'getMembership', 'Show whether and how a member belongs to a realm')
  async find(@RealmInPath() realm: Realm, @Param('id') id: string): Promise<MembershipResponseDto> {
    return viewMembership(await this.memberships.findRow(inRealm(realm), id));
  }

  @UpdateRoute(
    MembershipResponseDto,
    'changeMembership',
    'Make a member an administrator of a realm, or no longer',
  )
  @UseFilters(
    CheckFirst(MembershipsRepository, (memberships, request) =>
      memberships.findRow(inRealm(realmOf(request)), parameterOf(request, 'id')),
    ),
  )
  async change(
    @RealmInPath() realm: Realm,
    @Param('id') id: string,
    @Body() dto: UpdateMembershipDto,
  ): Promise<MembershipResponseDto> {
    return viewMembership(await this.service.change(realm, id, dto));
  }

  @DeleteRoute('deleteMembership', 'Take a member out of a realm')
  async delete(@RealmInPath() realm: Realm, @Param('id') id: string): Promise<void> {
    await this.memberships.deleteRow(inRealm(realm), id);
  }
}
