import type { Member } from '../../auth/member.entity.js';
import type { Instant } from '../../core/instant.js';
import { Clearable, Optional, Required, ResponseField, type Field } from '../../http/validation/field.js';
import { flag } from '../../http/validation/fields.js';
import type { RealmMembership } from '../../surfaces/realms/catalogue/realm-membership.entity.js';
import * as field from '../admin.fields.js';

const ADMIN = flag({ description: 'Whether this member administers the realm.', example: false });
export const MEMBER_ID: Field = {
  checks: [],
  schema: { type: 'integer', description: 'Id of the member, who is in a realm once.', example: 7 },
};
const REALM_ID: Field = {
  checks: [],
  schema: { type: 'integer', description: 'Id of the realm.', example: 3 },
};

export class CreateMembershipDto {
  @Required(field.MEMBER) member!: string;
  @Optional(ADMIN) admin?: boolean | null;
}

export class UpdateMembershipDto {
  @Clearable(ADMIN) admin?: boolean | null;
}

export class MembershipResponseDto {
  @ResponseField(MEMBER_ID) id!: number;
  @ResponseField(REALM_ID) realm_id!: number;
  @ResponseField(field.MEMBER) member!: string;
  @ResponseField(ADMIN) admin!: boolean;
  @ResponseField(field.CREATED_AT) created_at!: Instant;
}

/** A membership with its member. */
export type MembershipWithMember = RealmMembership & { readonly member: Member };

export function viewMembership(row: MembershipWithMember): MembershipResponseDto {
  return {
    id: row.member_id,
    realm_id: row.realm_id,
    member: row.member.email,
    admin: row.is_admin,
    created_at: row.created_at,
  };
}
