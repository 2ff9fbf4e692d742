import { Credential } from '../../../auth/credentials/credential.entity.js';
import { Member } from '../../../auth/member.entity.js';
import { Organization } from '../../../auth/organization.entity.js';
import type { Page } from '../../../core/page.js';
import { selectList, setFromJson } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';

/** Columns of a member that are not returned. */
const INTERNAL = ['organization_id', 'training_id', 'polls_id', 'is_admin'] as const;

export type OrganizationRow = Readonly<Organization>;
export type UserRow = Readonly<Omit<Member, (typeof INTERNAL)[number]>>;
export type CredentialTimes = Readonly<Pick<Credential, 'created_at' | 'expires_at'>>;

type Change<Row, Column extends keyof Row> = { readonly [Key in Column]?: Row[Key] | undefined };

/** Filters for users; an undefined filter does not apply. */
export interface UserFilters {
  readonly query: string | undefined;
  readonly ids: readonly number[] | undefined;
  readonly is_admin: boolean | undefined;
}

/** What a slug names: the caller's organization, or one of its users. */
export type AccountRow =
  ({ readonly kind: 'organization' } & OrganizationRow) | ({ readonly kind: 'user' } & UserRow);

const ORGANIZATION_COLUMNS = selectList(Organization, 'o');
export const USER_COLUMNS = selectList(Member, 'm', { without: INTERNAL });

/** Whether `organization` is the id or the slug of the organization `o`. */
const IS_NAMED = '(o.id::text = :organization OR o.slug = :organization)';

const ORGANIZATION = statement<OrganizationRow>(
  'spaces.organization.find',
  `SELECT ${ORGANIZATION_COLUMNS} FROM tenancy.organizations o WHERE o.id = :organization_id`,
);

const USER = statement<UserRow>(
  'spaces.user.find',
  `SELECT ${USER_COLUMNS} FROM tenancy.members m WHERE m.organization_id = :organization_id AND m.id = :id`,
);
const USER_BY_SLUG = statement<UserRow>(
  'spaces.user.find_by_slug',
  `SELECT ${USER_COLUMNS} FROM tenancy.members m WHERE m.organization_id = :organization_id AND m.slug = :slug`,
);

const USER_BY_EMAIL = statement<UserRow>(
  'spaces.user.find_by_email',
  `SELECT ${USER_COLUMNS} FROM tenancy.members m WHERE m.organization_id = :organization_id AND m.email = :email`,
);

/** `id` is null where the organization has no such user; there is no row if it is not the caller's organization. */
const USER_OF = statement<UserRow | { readonly id: null }>(
  'spaces.user.find_in_organization',
  `SELECT ${USER_COLUMNS}
     FROM tenancy.organizations o
     LEFT JOIN tenancy.members m ON m.organization_id = o.id AND (m.id = :id OR m.slug = :slug)
    WHERE o.id = :organization_id AND ${IS_NAMED}`,
);

const USERS = statement<UserRow>(
  'spaces.user.list',
  `SELECT ${USER_COLUMNS}
     FROM tenancy.organizations o
     JOIN tenancy.members m ON m.organization_id = o.id
    WHERE o.id = :organization_id AND ${IS_NAMED}
      AND (:query::text IS NULL OR strpos(lower(m.name), lower(:query)) > 0
           OR strpos(lower(m.email::text), lower(:query)) > 0)
      AND (:ids::integer[] IS NULL OR m.id = ANY (:ids))
      AND (:is_admin::boolean IS NULL OR m.is_admin = :is_admin)
    ORDER BY m.id LIMIT :limit OFFSET :offset`,
);

// Keys that are missing from the change leave their columns alone.
const CHANGE_ORGANIZATION = statement<OrganizationRow>(
  'spaces.organization.change',
  `UPDATE tenancy.organizations AS old SET ${setFromJson(Organization, ['name', 'time_zone', 'updated_at'])}
    WHERE old.id = :organization_id AND (old.id::text = :organization OR old.slug = :organization)
   RETURNING ${selectList(Organization, 'old')}`,
);

// The organization comes before a user of the same slug.
const ACCOUNT = statement<AccountRow>(
  'spaces.account.find',
  `SELECT 'organization' AS kind, o.id, o.name, o.slug, o.time_zone, o.created_at, o.updated_at,
          NULL AS email, NULL AS locale
     FROM tenancy.organizations o WHERE o.id = :organization_id AND ${IS_NAMED}
    UNION ALL
   SELECT 'user', m.id, m.name, m.slug, m.time_zone, m.created_at, m.updated_at, m.email::text, m.locale
     FROM tenancy.members m WHERE m.organization_id = :organization_id AND m.slug = :organization
    ORDER BY kind LIMIT 1`,
);

const CREDENTIAL = statement<CredentialTimes>(
  'spaces.access_token.find',
  `SELECT c.created_at, c.expires_at FROM tenancy.credentials c
    WHERE c.organization_id = :organization_id AND c.id = :credential_id`,
);

const CREDENTIAL_OF = statement<CredentialTimes>(
  'spaces.access_token.find_of_user',
  `SELECT c.created_at, c.expires_at
     FROM tenancy.credentials c
     JOIN tenancy.members m ON m.organization_id = c.organization_id AND m.id = c.member_id
    WHERE c.organization_id = :organization_id AND c.id = :credential_id AND m.email = :email`,
);

/** Reads and changes users and their organization; every statement is restricted to one organization. */
export class SpacePeopleRepository extends StatementRepository<Member> {
  static readonly entity = Member;

  findOrganization(organization_id: number): Promise<OrganizationRow | undefined> {
    return this.one(ORGANIZATION, { organization_id });
  }

  findUser(organization_id: number, id: number): Promise<UserRow | undefined> {
    return this.one(USER, { organization_id, id });
  }

  findUserBySlug(organization_id: number, slug: string): Promise<UserRow | undefined> {
    return this.one(USER_BY_SLUG, { organization_id, slug });
  }

  findUserByEmail(organization_id: number, email: string): Promise<UserRow | undefined> {
    return this.one(USER_BY_EMAIL, { organization_id, email });
  }

  /** By id or slug. Returns `undefined` if `organization` is not the id or slug of this one. */
  findUserOf(
    organization_id: number,
    organization: string,
    user: { readonly id: number | null; readonly slug: string | null },
  ): Promise<UserRow | { readonly id: null } | undefined> {
    return this.one(USER_OF, { organization_id, organization, ...user });
  }

  /** Empty as well if `organization` is not the id or slug of this one. */
  listUsers(
    organization_id: number,
    organization: string,
    filters: UserFilters,
    page: Page,
  ): Promise<UserRow[]> {
    return this.all(USERS, { organization_id, organization, ...filters, ...page });
  }

  findAccount(organization_id: number, slug: string): Promise<AccountRow | undefined> {
    return this.one(ACCOUNT, { organization_id, organization: slug });
  }

  /** Returns `undefined` if `organization` is not the id or slug of this one. */
  changeOrganization(
    organization_id: number,
    organization: string,
    change: Change<OrganizationRow, 'name' | 'time_zone' | 'updated_at'>,
  ): Promise<OrganizationRow | undefined> {
    return this.one(CHANGE_ORGANIZATION, { organization_id, organization, change: JSON.stringify(change) });
  }

  findCredential(organization_id: number, credential_id: number): Promise<CredentialTimes | undefined> {
    return this.one(CREDENTIAL, { organization_id, credential_id });
  }

  /** Returns `undefined` if the credential does not belong to the user with this e-mail address. */
  findCredentialOf(
    organization_id: number,
    credential_id: number,
    email: string,
  ): Promise<CredentialTimes | undefined> {
    return this.one(CREDENTIAL_OF, { organization_id, credential_id, email });
  }
}
