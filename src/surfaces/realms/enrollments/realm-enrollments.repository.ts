import { realmStatement } from '../catalogue/realm-statement.js';
import { RealmMembership } from '../catalogue/realm-membership.entity.js';
import { RIGHTS, rightsQuery, type RealmRights } from '../catalogue/realm-rights.js';
import type { RealmScope } from '../catalogue/realm-scope.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { Slice } from '../representation/realm-pagination.js';

/** A member of a realm. */
export interface RealmEnrollmentRow {
  /** The member's id. */
  readonly id: number;
  readonly name: string | null;
  readonly email: string;
  readonly is_realm_admin: boolean;
}

type Found<Row> = RealmRights & (Row | { readonly id: null });

export interface RealmEnrollmentPage extends RealmRights {
  readonly total: number;
  readonly enrollments: readonly RealmEnrollmentRow[];
}

const ROWS = `SELECT m.member_id AS id, u.name, u.email::text AS email, m.is_admin AS is_realm_admin
    FROM realms.memberships m
    JOIN tenancy.members u ON u.organization_id = m.organization_id AND u.id = m.member_id
   WHERE m.organization_id = :organization_id AND m.realm_id = :realm_id`;

const FIND = realmStatement<Found<RealmEnrollmentRow>>(
  'realms.enrollment.find',
  (realm) => `SELECT ${RIGHTS}, e.* FROM (${rightsQuery(realm)}) rights
    LEFT JOIN (${ROWS} AND m.member_id = :id) e ON rights.belongs`,
);

const LIST = realmStatement<Found<RealmEnrollmentRow> & { readonly total: number }>(
  'realms.enrollment.list',
  (realm) => `WITH rights AS MATERIALIZED (${rightsQuery(realm)})
    SELECT ${RIGHTS}, e.*,
           (SELECT count(*)::integer FROM realms.memberships
             WHERE organization_id = :organization_id AND realm_id = :realm_id) AS total
      FROM rights LEFT JOIN (${ROWS} ORDER BY m.member_id LIMIT :limit OFFSET :start) e ON rights.belongs
     ORDER BY e.id`,
);

/** Members of realms. Both reads also return the caller's rights; `undefined` if there is no such realm. */
export class RealmEnrollmentsRepository extends StatementRepository<RealmMembership> {
  static readonly entity = RealmMembership;

  /** `id` is `null` if the realm has no such member. */
  findEnrollment(scope: RealmScope, id: number): Promise<Found<RealmEnrollmentRow> | undefined> {
    return this.one(FIND(scope.realm), { ...scope, id });
  }

  /** One page, by id. */
  async listEnrollments(scope: RealmScope, slice: Slice): Promise<RealmEnrollmentPage | undefined> {
    const rows = await this.all(LIST(scope.realm), { ...scope, ...slice });
    const [first] = rows;
    return first && { ...first, enrollments: rows.filter((row) => row.id !== null) };
  }
}
