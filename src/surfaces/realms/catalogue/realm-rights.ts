import type { RealmName } from './realm-collection.js';

/** The caller's rights in a realm. There is no row if the organization has no such realm. */
export interface RealmRights {
  readonly may_see: boolean;
  readonly may_write: boolean;
  readonly is_member: boolean;
}

/** SELECT list of `RealmRights`. */
export const RIGHTS = 'rights.may_see, rights.may_write, rights.is_member';

/**
 * Selects the realm with the caller's rights, or no row. Members of the realm and administrators of the organization
 * may read; administrators of the realm or the organization may write. A user's own calendar is open to that user
 * and to the organization's administrators. These rules are defined here only.
 *
 * The values come from the parameters of the statement, or from the `input` of a batched one.
 */
export function rightsQuery(realm: RealmName, prefix: ':' | 'input.' = ':'): string {
  const member = `${prefix}member_id::integer`;
  const isAdmin = `${prefix}is_admin::boolean`;
  return realm === 'user'
    ? `SELECT u.id, own.own AS is_member, ${isAdmin} OR own.own AS may_see, ${isAdmin} OR own.own AS may_write
         FROM tenancy.members u, LATERAL (SELECT coalesce(u.id = ${member}, false) AS own) own
        WHERE u.organization_id = ${prefix}organization_id AND u.id = ${prefix}realm_id`
    : `SELECT r.id, m.member_id IS NOT NULL AS is_member, ${isAdmin} OR m.member_id IS NOT NULL AS may_see,
              ${isAdmin} OR coalesce(m.is_admin, false) AS may_write
         FROM realms.realms r
         LEFT JOIN realms.memberships m
           ON m.organization_id = r.organization_id AND m.realm_id = r.id AND m.member_id = ${member}
        WHERE r.organization_id = ${prefix}organization_id AND r.id = ${prefix}realm_id AND r.kind = '${realm}'`;
}
