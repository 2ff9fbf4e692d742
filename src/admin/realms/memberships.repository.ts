import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Member } from '../../auth/member.entity.js';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Rows, wholeNumberIn } from '../../database/rows.js';
import { RealmMembership } from '../../surfaces/realms/catalogue/realm-membership.entity.js';
import type { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import { taken } from '../admin.failures.js';
import { MembersRepository } from '../members/members.repository.js';
import type { ChangeMembership, CreateMembership, MembershipWithMember } from './memberships.dto.js';

/** Memberships of realms; every query is limited to one realm by its scope. */
@Injectable()
export class MembershipsRepository {
  readonly rows: Rows<RealmMembership, MembershipWithMember>;

  constructor(
    dataSource: DataSource,
    private readonly members: MembersRepository,
    private readonly clock: Clock,
  ) {
    this.rows = new Rows<RealmMembership, MembershipWithMember>(dataSource, RealmMembership, {
      noun: 'membership',
      named: (id) => {
        const memberId = wholeNumberIn(id);
        return memberId === undefined ? undefined : { member_id: memberId };
      },
      join: (query) =>
        query.innerJoinAndMapOne(
          'row.member',
          Member,
          'member',
          'member.organization_id = row.organization_id AND member.id = row.member_id',
        ),
      refusals: { pk_memberships: () => taken('member', 'member belongs to this realm already') },
    });
  }

  async create(
    tenant: Organization,
    realm: Realm,
    { member, admin }: CreateMembership,
  ): Promise<MembershipWithMember> {
    const member_id = await this.members.idOf(tenant, member, 'member');
    const created_at = this.clock.now();
    return this.rows.create({ ...inRealm(realm), member_id, is_admin: admin ?? false, created_at });
  }

  change(realm: Realm, id: string, { admin }: ChangeMembership): Promise<MembershipWithMember> {
    return this.rows.change(inRealm(realm), id, { is_admin: admin === null ? false : admin });
  }
}

/** The scope of a realm's memberships. */
export const inRealm = ({
  organization_id,
  id,
}: Realm): { readonly organization_id: number; readonly realm_id: number } => ({
  organization_id,
  realm_id: id,
});
