import type { RealmName } from './realm-collection.js';

/** Whose calendar a statement is about, and who asks: the first four parameters of every statement here. */
export interface Place {
  readonly organizationId: number;
  readonly realm: RealmName;
  readonly realmId: number;
  /** `null` for a key that is bound to nobody. */
  readonly memberId: number | null;
  /** An administrator of the organization. */
  readonly isAdmin: boolean;
}

export const placeValues = ({ organizationId, realmId, memberId, isAdmin }: Place): unknown[] => [
  organizationId,
  realmId,
  memberId,
  isAdmin,
];

/** What the asker may do at a place. No row at all: the organization has no such realm. */
export interface PlaceRights {
  readonly may_see: boolean;
  readonly may_write: boolean;
  readonly is_member: boolean;
}

/** The column of `realms.events` that names the calendar. */
export function placeColumn(realm: RealmName): 'user_id' | 'realm_id' {
  return realm === 'user' ? 'user_id' : 'realm_id';
}

/**
 * The realm with the asker's rights as one row, or none. Members and the organization's administrators see; the
 * realm's and the organization's administrators write; a user's own calendar is that user's and the
 * administrators'. This is the one place that says so.
 */
export function placeQuery(realm: RealmName): string {
  return realm === 'user'
    ? `SELECT u.id, own.own AS is_member, $4::boolean OR own.own AS may_see, $4::boolean OR own.own AS may_write
         FROM tenancy.members u, LATERAL (SELECT coalesce(u.id = $3::integer, false) AS own) own
        WHERE u.organization_id = $1 AND u.id = $2`
    : `SELECT r.id, m.member_id IS NOT NULL AS is_member, $4::boolean OR m.member_id IS NOT NULL AS may_see,
              $4::boolean OR coalesce(m.is_admin, false) AS may_write
         FROM realms.realms r
         LEFT JOIN realms.memberships m
           ON m.organization_id = r.organization_id AND m.realm_id = r.id AND m.member_id = $3::integer
        WHERE r.organization_id = $1 AND r.id = $2 AND r.kind = '${realm}'`;
}
