import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Member } from '../../auth/member.entity.js';
import { parseId } from '../../core/integer.js';
import { RealmMembership } from '../../surfaces/realms/catalogue/realm-membership.entity.js';
import type { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import { Failure } from '../../core/failure.js';
import { taken, unknownMember } from '../admin.failures.js';
import { AdminRepository } from '../admin.repository.js';
import type { MembershipWithMember } from './memberships.dto.js';

/** Memberships of realms. Paths identify them by member. */
export class MembershipsRepository extends AdminRepository<RealmMembership, MembershipWithMember> {
  static readonly entity = RealmMembership;
  protected readonly noun = 'membership';
  protected override readonly refusals = {
    pk_memberships: () => taken('member', 'member belongs to this realm already'),
    fk_memberships_member: () => unknownMember('member'),
    fk_memberships_realm: () => new Failure('not-found', 'There is no such realm.'),
  };

  protected override conditionFor(id: string): ObjectLiteral | undefined {
    const member_id = parseId(id);
    return member_id === undefined ? undefined : { member_id };
  }

  protected override join(query: SelectQueryBuilder<RealmMembership>): typeof query {
    return query.innerJoinAndMapOne(
      'row.member',
      Member,
      'member',
      'member.organization_id = row.organization_id AND member.id = row.member_id',
    );
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
