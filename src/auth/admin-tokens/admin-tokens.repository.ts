import { selectList } from '../../database/columns.js';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { AdminToken } from './admin-token.entity.js';

const FIND = acrossOrganizations(
  statement<AdminToken>(
    'admin_token.find',
    `SELECT ${selectList(AdminToken, 't')} FROM tenancy.admin_tokens t WHERE t.lookup = :lookup`,
  ),
);

/** Finds admin tokens by their public part. */
export class AdminTokensRepository extends StatementRepository<AdminToken> {
  static readonly entity = AdminToken;

  findByLookup(lookup: string): Promise<AdminToken | undefined> {
    return this.one(FIND, { lookup });
  }
}
