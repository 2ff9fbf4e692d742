import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import type { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import { MembersService } from '../members/members.service.js';
import { inRealm, MembershipsRepository } from './memberships.repository.js';
import type { UpdateMembershipDto, CreateMembershipDto, MembershipWithMember } from './memberships.dto.js';

/** Creates and updates memberships. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly memberships: MembershipsRepository,
    private readonly members: MembersService,
    private readonly clock: Clock,
  ) {}

  async create(
    tenant: Organization,
    realm: Realm,
    { member, admin }: CreateMembershipDto,
  ): Promise<MembershipWithMember> {
    const member_id = await this.members.idOf(tenant, member, 'member');
    const created_at = this.clock.now();
    return this.memberships.insertRow({ ...inRealm(realm), member_id, is_admin: admin ?? false, created_at });
  }

  change(realm: Realm, id: string, { admin }: UpdateMembershipDto): Promise<MembershipWithMember> {
    return this.memberships.changeRow(inRealm(realm), id, { is_admin: admin === null ? false : admin });
  }
}
