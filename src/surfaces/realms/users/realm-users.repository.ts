import { Member } from '../../../auth/member.entity.js';
import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { memberRealmsQuery } from '../catalogue/realm-rights.js';
import type { Slice } from '../representation/realm-pagination.js';

/** Who asks for users. */
export interface RealmUsersScope {
  readonly organization_id: number;
  readonly member_id: number | null;
  readonly is_admin: boolean;
}

/** A user of the organization. */
export type RealmUserRow = Readonly<Pick<Member, 'id' | 'email' | 'name' | 'is_admin'>> & {
  /** The user's own zone, else the organization's. */
  readonly time_zone: string;
  /** Whole hours that this zone is ahead of UTC now. */
  readonly time_zone_offset: number;
  /** The school with the lowest id among the user's realms and those above them. */
  readonly school_id: number | null;
};

export interface RealmUserPage {
  readonly total: number;
  readonly users: readonly RealmUserRow[];
}

/** Whether a user `u` is shown: to administrators, to that user, and to members of the same realms. */
const MAY_SEE = `(:is_admin::boolean OR u.id IN (
    SELECT :member_id::integer
     UNION ALL
    SELECT other.member_id FROM realms.memberships own
      JOIN realms.memberships other ON other.organization_id = own.organization_id AND other.realm_id = own.realm_id
     WHERE own.organization_id = :organization_id AND own.member_id = :member_id::integer))`;

/** The SELECT list of a `RealmUserRow`: of member `u` and organization `o`. */
const COLUMNS = `u.id, u.email::text AS email, u.name, u.is_admin, zone.name AS time_zone,
    trunc(extract(epoch FROM (:now::timestamptz AT TIME ZONE zone.name) - (:now::timestamptz AT TIME ZONE 'UTC')) / 3600)::integer
      AS time_zone_offset,
    (SELECT min(r.id) FROM (${memberRealmsQuery(':organization_id', 'u.id')}) place
       JOIN realms.realms r ON r.organization_id = :organization_id AND r.id = place.id AND r.kind = 'school') AS school_id`;

const ZONE = `JOIN tenancy.organizations o ON o.id = u.organization_id
  CROSS JOIN LATERAL (SELECT coalesce(u.time_zone, o.time_zone) AS name) zone`;

const FIND = statement<RealmUserRow & { readonly may_see: boolean }>(
  'realms.user.find',
  `SELECT coalesce(${MAY_SEE}, false) AS may_see, ${COLUMNS}
     FROM tenancy.members u ${ZONE} WHERE u.organization_id = :organization_id AND u.id = :id`,
);

const LIST = statement<(RealmUserRow | { readonly id: null }) & { readonly total: number }>(
  'realms.user.list',
  `WITH seen AS MATERIALIZED (
     SELECT u.id FROM tenancy.members u WHERE u.organization_id = :organization_id AND ${MAY_SEE}),
   u AS (
     SELECT u.* FROM tenancy.members u
      WHERE u.organization_id = :organization_id
        AND u.id IN (SELECT id FROM seen ORDER BY id LIMIT :limit OFFSET :start))
   SELECT (SELECT count(*)::integer FROM seen) AS total, page.*
     FROM (VALUES (1)) one (row) LEFT JOIN (SELECT ${COLUMNS} FROM u ${ZONE}) page ON true
    ORDER BY page.id`,
);

/** The members of an organization as this product shows them. */
export class RealmUsersRepository extends StatementRepository<Member> {
  static readonly entity = Member;

  /** `undefined` if there is no such user. */
  findUser(
    scope: RealmUsersScope,
    id: number,
    now: Instant,
  ): Promise<(RealmUserRow & { readonly may_see: boolean }) | undefined> {
    return this.one(FIND, { ...scope, id, now });
  }

  /** One page of the users that the caller may see, by id. */
  async listUsers(scope: RealmUsersScope, slice: Slice, now: Instant): Promise<RealmUserPage> {
    const rows = await this.all(LIST, { ...scope, ...slice, now });
    return { total: rows[0]?.total ?? 0, users: rows.filter((row) => row.id !== null) };
  }
}
