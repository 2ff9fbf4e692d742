import type { RealmName } from './realm-collection.js';

/** The caller's rights in a realm. There is no row if the organization has no such realm. */
export interface RealmRights {
  readonly may_see: boolean;
  readonly may_write: boolean;
  /** Whether the caller is a member of the realm itself. */
  readonly is_member: boolean;
  /** Members of the realm itself and administrators; others may see it as members of a realm below. */
  readonly belongs: boolean;
}

/** SELECT list of `RealmRights`. */
export const RIGHTS = 'rights.may_see, rights.may_write, rights.is_member, rights.belongs';

/**
 * Selects the ids of the realms that a member may read as a member: those with a membership and all above them, at most
 * four for each. Joins for a fixed depth, since the planner expects a hundred times too many rows of a recursion. LIMIT
 * makes every step a lookup by key; without it the planner may read all realms of the organization.
 */
export function memberRealmsQuery(organization: string, member: string): string {
  const parentOf = (id: string): string =>
    `(SELECT parent_id FROM realms.realms WHERE organization_id = ${organization} AND id = ${id} LIMIT 1)`;
  return `SELECT DISTINCT place.id
       FROM realms.memberships m
      CROSS JOIN LATERAL ${parentOf('m.realm_id')} r
       LEFT JOIN LATERAL ${parentOf('r.parent_id')} above ON true
       LEFT JOIN LATERAL ${parentOf('above.parent_id')} higher ON true
       LEFT JOIN LATERAL ${parentOf('higher.parent_id')} highest ON true
      CROSS JOIN LATERAL (VALUES (m.realm_id), (r.parent_id), (above.parent_id), (higher.parent_id), (highest.parent_id)) place (id)
      WHERE m.organization_id = ${organization} AND m.member_id = ${member} AND place.id IS NOT NULL`;
}

/**
 * Selects the realm with the caller's rights, or no row. Members of the realm or of one below it and administrators of
 * the organization may read; administrators of the realm or the organization may write. A user's own calendar is open
 * to that user and to the organization's administrators. These rules are defined here only.
 *
 * The values come from the parameters of the statement, or from the `input` of a batched one. OFFSET 0 makes PostgreSQL
 * compute the rights once, not for every row that they are joined with.
 */
export function rightsQuery(realm: RealmName, prefix: ':' | 'input.' = ':'): string {
  const organization = `${prefix}organization_id`;
  const member = `${prefix}member_id::integer`;
  const isAdmin = `${prefix}is_admin::boolean`;
  return realm === 'user'
    ? `SELECT u.id, own.own AS is_member, ${isAdmin} OR own.own AS belongs, ${isAdmin} OR own.own AS may_see,
              ${isAdmin} OR own.own AS may_write
         FROM tenancy.members u, LATERAL (SELECT coalesce(u.id = ${member}, false) AS own) own
        WHERE u.organization_id = ${organization} AND u.id = ${prefix}realm_id`
    : `SELECT r.id, m.member_id IS NOT NULL AS is_member, ${isAdmin} OR m.member_id IS NOT NULL AS belongs,
              ${isAdmin} OR m.member_id IS NOT NULL
                OR EXISTS (SELECT FROM (${memberRealmsQuery(organization, member)}) below WHERE below.id = r.id) AS may_see,
              ${isAdmin} OR coalesce(m.is_admin, false) AS may_write
         FROM realms.realms r
         LEFT JOIN realms.memberships m
           ON m.organization_id = r.organization_id AND m.realm_id = r.id AND m.member_id = ${member}
        WHERE r.organization_id = ${organization} AND r.id = ${prefix}realm_id AND r.kind = '${realm}' OFFSET 0`;
}
