import { statement, type Statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { Slice } from '../representation/realm-pagination.js';
import type { RealmKind } from './realm-kind.js';
import { memberRealmsQuery, rightsQuery } from './realm-rights.js';
import type { RealmScope } from './realm-scope.js';
import { realmStatement } from './realm-statement.js';
import { Realm } from './realm.entity.js';

/** A realm with what lies above it. */
export type RealmRow = Readonly<Pick<Realm, 'id' | 'kind' | 'name'>> & {
  /** The school above it. */
  readonly school_id: number | null;
  /** The course that it is a section of. */
  readonly course_id: number | null;
  readonly course_name: string | null;
  /** Whether the user in question administers the realm itself. */
  readonly is_realm_admin: boolean;
};

/** `may_see` says whether the caller may see the list at all. */
export interface RealmPage {
  readonly may_see: boolean;
  readonly total: number;
  readonly realms: readonly RealmRow[];
}

type ListRow = Pick<RealmPage, 'may_see' | 'total'> & (RealmRow | { readonly id: null });
type ListScope = Pick<RealmScope, 'organization_id' | 'member_id' | 'is_admin'>;

const parent = (alias: string, of: string): string =>
  `LEFT JOIN realms.realms ${alias} ON ${alias}.organization_id = :organization_id AND ${alias}.id = ${of}.parent_id`;

/** Selects the `RealmRow`s of the realms in `ids`, with the rights of member `user`. A school is at most three steps up. */
const realmRows = (ids: string, user: string): string => `
  SELECT r.id, r.kind, r.name,
         CASE 'school' WHEN above.kind THEN above.id WHEN higher.kind THEN higher.id WHEN highest.kind THEN highest.id END
           AS school_id,
         CASE WHEN r.kind = 'section' AND above.kind = 'course' THEN above.id END AS course_id,
         CASE WHEN r.kind = 'section' AND above.kind = 'course' THEN above.name END AS course_name,
         coalesce(m.is_admin, false) AS is_realm_admin
    FROM ${ids} page
    JOIN realms.realms r ON r.organization_id = :organization_id AND r.id = page.id
    ${parent('above', 'r')} ${parent('higher', 'above')} ${parent('highest', 'higher')}
    LEFT JOIN realms.memberships m
      ON m.organization_id = :organization_id AND m.realm_id = r.id AND m.member_id = ${user}::integer`;

/** One page of the realms in `found`, if `rights` lets the caller see them; one row without a realm if it is empty. */
const list = (name: string, rights: string, found: string, user: string): Statement<ListRow> =>
  statement(
    name,
    `WITH rights AS MATERIALIZED (${rights}),
     found AS MATERIALIZED (${found}),
     page AS (SELECT id FROM found ORDER BY id LIMIT :limit OFFSET :start)
     SELECT rights.may_see, (SELECT count(*)::integer FROM found) AS total, r.*
       FROM rights LEFT JOIN (${realmRows('page', user)}) r ON rights.may_see
      ORDER BY r.id`,
  );

/** Realms `r` that the caller may see. */
const VISIBLE = `(:is_admin::boolean OR r.id IN (${memberRealmsQuery(':organization_id', ':member_id::integer')}))`;

const FIND = realmStatement<{ readonly may_see: boolean } & RealmRow>(
  'realms.realm.find',
  (realm) => `WITH rights AS MATERIALIZED (${rightsQuery(realm)})
    SELECT rights.may_see, r.* FROM rights CROSS JOIN (${realmRows('rights', ':member_id')}) r`,
);

const LIST = list(
  'realms.realm.list',
  'SELECT true AS may_see',
  `SELECT r.id FROM realms.realms r WHERE r.organization_id = :organization_id AND r.kind = :kind AND ${VISIBLE}`,
  ':member_id',
);

const LIST_SECTIONS = list(
  'realms.realm.list_sections',
  rightsQuery('course'),
  `SELECT r.id FROM realms.realms r
    WHERE r.organization_id = :organization_id AND r.parent_id = :realm_id AND r.kind = 'section' AND ${VISIBLE}`,
  ':member_id',
);

const LIST_OF_USER = list(
  'realms.realm.list_of_user',
  rightsQuery('user'),
  `SELECT r.id FROM realms.memberships m
     JOIN realms.realms r ON r.organization_id = m.organization_id AND r.id = m.realm_id AND r.kind = :kind
    WHERE m.organization_id = :organization_id AND m.member_id = :realm_id`,
  ':realm_id',
);

const LIST_COURSES_OF_USER = list(
  'realms.realm.list_courses_of_user',
  rightsQuery('user'),
  `SELECT DISTINCT course.id FROM realms.memberships m
     JOIN realms.realms r ON r.organization_id = m.organization_id AND r.id = m.realm_id
     JOIN realms.realms course ON course.organization_id = m.organization_id AND course.kind = 'course'
      AND course.id = CASE r.kind WHEN 'course' THEN r.id WHEN 'section' THEN r.parent_id END
    WHERE m.organization_id = :organization_id AND m.member_id = :realm_id`,
  ':realm_id',
);

/** Realms as objects of their own; lists are sorted by id. */
export class RealmCatalogueRepository extends StatementRepository<Realm> {
  static readonly entity = Realm;

  /** `undefined` if there is no such realm. */
  findRealm(scope: RealmScope): Promise<({ readonly may_see: boolean } & RealmRow) | undefined> {
    return this.one(FIND(scope.realm), { ...scope });
  }

  /** Realms of a kind that the caller may see. */
  async listRealms(scope: ListScope, kind: RealmKind, slice: Slice): Promise<RealmPage | undefined> {
    return pageOf(await this.all(LIST, { ...scope, kind, ...slice }));
  }

  /** Sections of a course that the caller may see; `undefined` if there is no such course. */
  async listSections(course: RealmScope, slice: Slice): Promise<RealmPage | undefined> {
    return pageOf(await this.all(LIST_SECTIONS, { ...course, ...slice }));
  }

  /** Realms of a kind that a user is a member of; `undefined` if there is no such user. */
  async listOfUser(user: RealmScope, kind: RealmKind, slice: Slice): Promise<RealmPage | undefined> {
    return pageOf(await this.all(LIST_OF_USER, { ...user, kind, ...slice }));
  }

  /** Courses that a user is a member of, and those of the user's sections; `undefined` if there is no such user. */
  async listCoursesOfUser(user: RealmScope, slice: Slice): Promise<RealmPage | undefined> {
    return pageOf(await this.all(LIST_COURSES_OF_USER, { ...user, ...slice }));
  }
}

function pageOf(rows: readonly ListRow[]): RealmPage | undefined {
  const [first] = rows;
  return first && { ...first, realms: rows.filter((row) => row.id !== null) };
}
