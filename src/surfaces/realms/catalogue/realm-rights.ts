import type { RealmName } from './realm-collection.js';

/** A realm and the caller: the first four parameters of every statement of this surface. */
export interface RealmScope {
  readonly organizationId: number;
  readonly realm: RealmName;
  readonly realmId: number;
  /** `null` for a key without a member. */
  readonly memberId: number | null;
  /** Whether the caller is an administrator of the organization. */
  readonly isAdmin: boolean;
}

/** Column types of a scope in a batched statement, see `batchedRead` and `batchedWrite`. */
export const SCOPE_TYPES = {
  organization_id: 'integer',
  realm_id: 'integer',
  member_id: 'integer',
  is_admin: 'boolean',
} as const;

/** By the names of `SCOPE_TYPES`, in the same order. */
export const scopeParameters = (scope: RealmScope): Record<keyof typeof SCOPE_TYPES, unknown> => ({
  organization_id: scope.organizationId,
  realm_id: scope.realmId,
  member_id: scope.memberId,
  is_admin: scope.isAdmin,
});

export const scopeValues = (scope: RealmScope): unknown[] => Object.values(scopeParameters(scope));

/** SQL expressions for the values of a scope. */
interface ScopeExpressions {
  readonly organization: string;
  readonly realm: string;
  readonly member: string;
  readonly isAdmin: string;
}

const POSITIONAL_SCOPE: ScopeExpressions = { organization: '$1', realm: '$2', member: '$3', isAdmin: '$4' };

/** The expressions in a batched statement. */
export const BATCHED_SCOPE: ScopeExpressions = {
  organization: 'input.organization_id',
  realm: 'input.realm_id',
  member: 'input.member_id',
  isAdmin: 'input.is_admin',
};

/** The caller's rights in a realm. There is no row if the organization has no such realm. */
export interface RealmRights {
  readonly may_see: boolean;
  readonly may_write: boolean;
  readonly is_member: boolean;
}

/** Creates a value, such as a statement, once per kind of realm, on first use. */
export function oncePerRealm<T>(create: (realm: RealmName) => T): (realm: RealmName) => T {
  const cache = new Map<RealmName, T>();
  return (realm) => {
    const value = cache.get(realm) ?? create(realm);
    cache.set(realm, value);
    return value;
  };
}

/** The foreign key in `realms.events`. */
export function calendarColumn(realm: RealmName): 'user_id' | 'realm_id' {
  return realm === 'user' ? 'user_id' : 'realm_id';
}

/**
 * Selects the realm with the caller's rights, or no row. Members of the realm and administrators of the organization
 * may read; administrators of the realm or the organization may write. A user's own calendar is open to that user
 * and to the organization's administrators. These rules are defined here only.
 */
export function rightsQuery(realm: RealmName, parameters = POSITIONAL_SCOPE): string {
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
