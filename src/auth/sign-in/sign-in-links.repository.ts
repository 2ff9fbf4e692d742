import type { Instant } from '../../core/instant.js';
import { insertValues } from '../../database/columns.js';
import { batchedDelete } from '../../database/batched-delete.js';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { SignInLink } from './sign-in.entity.js';

const CREATE = acrossOrganizations(
  statement<{ expires_at: Instant }>(
    'sign_in_link.create',
    `INSERT INTO tenancy.sign_in_links ${insertValues(SignInLink)} RETURNING expires_at`,
  ),
);

const IS_VALID = acrossOrganizations(
  statement<{ is_valid: boolean }>(
    'sign_in_link.is_valid',
    `SELECT EXISTS (
       SELECT FROM tenancy.sign_in_links WHERE token_sha256 = :token_sha256 AND expires_at > :now) AS is_valid`,
  ),
);

// A day later, so that it does not matter when clocks differ.
const PRUNE = batchedDelete('sign_in_link.prune', {
  table: 'tenancy.sign_in_links',
  key: 'token_sha256',
  rows: `expires_at < now() - interval '1 day'`,
});

/** Sign-in links. `SessionsRepository` redeems them. */
export class SignInLinksRepository extends StatementRepository<SignInLink> {
  static readonly entity = SignInLink;

  async insertLink(link: SignInLink): Promise<void> {
    await this.one(CREATE, { ...link });
  }

  async isValid(token_sha256: Buffer, now: Instant): Promise<boolean> {
    return (await this.one(IS_VALID, { token_sha256, now }))?.is_valid === true;
  }

  /** Deletes links that expired long ago. */
  prune(stopping?: AbortSignal): Promise<void> {
    return this.deleteInBatches(PRUNE, {}, stopping);
  }
}
