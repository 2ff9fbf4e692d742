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

/** What a statement that answers many questions at once is asked of a place, see `batchedRead` and `batchedWrite`. */
export const ASKED_PLACE = {
  organization_id: 'integer',
  realm_id: 'integer',
  member_id: 'integer',
  is_admin: 'boolean',
} as const;

/** By the names of `ASKED_PLACE`, and in their order. */
export const askedPlace = (place: Place): Record<keyof typeof ASKED_PLACE, unknown> => ({
  organization_id: place.organizationId,
  realm_id: place.realmId,
  member_id: place.memberId,
  is_admin: place.isAdmin,
});

export const placeValues = (place: Place): unknown[] => Object.values(askedPlace(place));

/** Where a statement finds the four of them. */
interface PlaceParameters {
  readonly organization: string;
  readonly realm: string;
  readonly member: string;
  readonly isAdmin: string;
}

const FIRST_FOUR: PlaceParameters = { organization: '$1', realm: '$2', member: '$3', isAdmin: '$4' };

/** Where one that answers many questions at once finds them. */
export const ASKED: PlaceParameters = {
  organization: 'asked.organization_id',
  realm: 'asked.realm_id',
  member: 'asked.member_id',
  isAdmin: 'asked.is_admin',
};

/** What the asker may do at a place. No row at all: the organization has no such realm. */
export interface PlaceRights {
  readonly may_see: boolean;
  readonly may_write: boolean;
  readonly is_member: boolean;
}

/** What differs by the kind of realm, such as a statement: by a table, a column or a constant. Made when first needed. */
export function forEachRealm<T>(make: (realm: RealmName) => T): (realm: RealmName) => T {
  const known = new Map<RealmName, T>();
  return (realm) => {
    const made = known.get(realm) ?? make(realm);
    known.set(realm, made);
    return made;
  };
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
export function placeQuery(realm: RealmName, parameters = FIRST_FOUR): string {
  const { organization, realm: id, member, isAdmin } = parameters;
  return realm === 'user'
    ? `SELECT u.id, own.own AS is_member, ${isAdmin}::boolean OR own.own AS may_see,
              ${isAdmin}::boolean OR own.own AS may_write
         FROM tenancy.members u, LATERAL (SELECT coalesce(u.id = ${member}::integer, false) AS own) own
        WHERE u.organization_id = ${organization} AND u.id = ${id}`
    : `SELECT r.id, m.member_id IS NOT NULL AS is_member, ${isAdmin}::boolean OR m.member_id IS NOT NULL AS may_see,
              ${isAdmin}::boolean OR coalesce(m.is_admin, false) AS may_write
         FROM realms.realms r
         LEFT JOIN realms.memberships m
           ON m.organization_id = r.organization_id AND m.realm_id = r.id AND m.member_id = ${member}::integer
        WHERE r.organization_id = ${organization} AND r.id = ${id} AND r.kind = '${realm}'`;
}
