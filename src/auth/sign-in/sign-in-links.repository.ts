import { MoreThan } from 'typeorm';
import type { Instant } from '../../core/instant.js';
import { insertValues } from '../../database/columns.js';
import { statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import { SignInLink } from './sign-in.entity.js';

const CREATE = statement<{ expires_at: Instant }>(
  'sign_in_link.create',
  `WITH past AS (DELETE FROM tenancy.sign_in_links WHERE expires_at <= :now)
   INSERT INTO tenancy.sign_in_links ${insertValues(SignInLink)} RETURNING expires_at`,
);

/** Sign-in links. `SessionsRepository` redeems them. */
export class SignInLinksRepository extends StatementRepository<SignInLink> {
  static readonly entity = SignInLink;

  /** Also deletes expired links. */
  async insertLink(link: SignInLink, now: Instant): Promise<void> {
    await this.one(CREATE, { ...link, now });
  }

  isValid(token_sha256: Buffer, now: Instant): Promise<boolean> {
    return this.existsBy({ token_sha256, expires_at: MoreThan(now) });
  }
}
