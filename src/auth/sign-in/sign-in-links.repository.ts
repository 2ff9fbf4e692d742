import type { Instant } from '../../core/instant.js';
import { insertValues } from '../../database/columns.js';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { SignInLink } from './sign-in.entity.js';

const CREATE = acrossOrganizations(
  statement<{ expires_at: Instant }>(
    'sign_in_link.create',
    `WITH past AS (DELETE FROM tenancy.sign_in_links WHERE expires_at <= :now)
   INSERT INTO tenancy.sign_in_links ${insertValues(SignInLink)} RETURNING expires_at`,
  ),
);

const IS_VALID = acrossOrganizations(
  statement<{ is_valid: boolean }>(
    'sign_in_link.is_valid',
    `SELECT EXISTS (
       SELECT FROM tenancy.sign_in_links WHERE token_sha256 = :token_sha256 AND expires_at > :now) AS is_valid`,
  ),
);

/** Sign-in links. `SessionsRepository` redeems them. */
export class SignInLinksRepository extends StatementRepository<SignInLink> {
  static readonly entity = SignInLink;

  /** Also deletes expired links. */
  async insertLink(link: SignInLink, now: Instant): Promise<void> {
    await this.one(CREATE, { ...link, now });
  }

  async isValid(token_sha256: Buffer, now: Instant): Promise<boolean> {
    return (await this.one(IS_VALID, { token_sha256, now }))?.is_valid === true;
  }
}
