import type { FindOptionsWhere } from 'typeorm';
import type { SurfaceName } from '../../core/surface-name.js';
import { selectList } from '../../database/columns.js';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { Credential } from './credential.entity.js';

/** Columns that are not needed to verify a credential; its member is selected with their rights. */
const UNUSED = [
  'surface',
  'member_id',
  'lookup',
  'callback_hosts',
  'verifier',
  'label',
  'successor_id',
] as const satisfies (keyof Credential)[];

/** What is needed to verify a credential. */
export type CredentialRow = Readonly<Omit<Credential, (typeof UNUSED)[number]>> & {
  readonly organization_slug: string;
  readonly member_id: number | null;
  readonly member_is_admin: boolean | null;
};

/** The columns of a `CredentialRow`: of credential `c`, its organization `o` and the acting member `m`. */
export const CREDENTIAL_COLUMNS = `${selectList(Credential, 'c', { without: UNUSED })},
  o.slug AS organization_slug, m.id AS member_id, m.is_admin AS member_is_admin`;

const FIND_BY_LOOKUP = acrossOrganizations(
  statement<CredentialRow>(
    'credential.find_by_lookup',
    `SELECT ${CREDENTIAL_COLUMNS}
     FROM tenancy.credentials c
     JOIN tenancy.organizations o ON o.id = c.organization_id
     LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id AND m.id = c.member_id
    WHERE c.surface = :surface AND c.lookup = :lookup`,
  ),
);

/** The credentials of all surfaces. */
export class CredentialsRepository extends StatementRepository<Credential> {
  static readonly entity = Credential;

  /** By its public prefix, across all organizations. */
  findByLookup(surface: SurfaceName, lookup: string): Promise<CredentialRow | undefined> {
    return this.one(FIND_BY_LOOKUP, { surface, lookup });
  }

  /** Revokes what goes with a member or an organization that is locked; the rows as they were. */
  async takeAll(
    scope: Pick<FindOptionsWhere<Credential>, 'organization_id' | 'member_id'>,
  ): Promise<Credential[]> {
    const rows = await this.find({ where: scope, order: { id: 'ASC' } });
    await this.delete(scope);
    return rows;
  }
}
