import type { Instant } from '../../core/instant.js';
import { batchedDelete } from '../../database/batched-delete.js';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import type { Member } from '../member.entity.js';
import { BrowserSession } from './sign-in.entity.js';

/** The member of a browser session. */
export type SignedInMember = Readonly<
  Pick<Member, 'organization_id' | 'id' | 'email' | 'name' | 'is_admin'>
> & { readonly organization_name: string };

const COLUMNS =
  'o.id AS organization_id, o.name AS organization_name, m.id, m.email::text AS email, m.name, m.is_admin';

const MEMBER = `JOIN tenancy.organizations o ON o.id = s.organization_id
  JOIN tenancy.members m ON m.organization_id = s.organization_id AND m.id = s.member_id`;

const FIND = acrossOrganizations(
  statement<SignedInMember>(
    'session.find_member',
    `SELECT ${COLUMNS} FROM tenancy.browser_sessions s ${MEMBER}
    WHERE s.token_sha256 = :token_sha256 AND s.expires_at > :now`,
  ),
);

// Deleting the link and creating the session is one statement, so concurrent requests cannot use a link twice.
const OPEN = acrossOrganizations(
  statement<SignedInMember>(
    'session.open',
    `WITH link AS (
     DELETE FROM tenancy.sign_in_links WHERE token_sha256 = :link_sha256 AND expires_at > :now
     RETURNING organization_id, member_id),
   s AS (
     INSERT INTO tenancy.browser_sessions (token_sha256, organization_id, member_id, expires_at)
     SELECT :token_sha256, organization_id, member_id, :expires_at FROM link
     RETURNING organization_id, member_id)
   SELECT ${COLUMNS} FROM s ${MEMBER}`,
  ),
);

const END = acrossOrganizations(
  statement<Pick<BrowserSession, 'organization_id' | 'member_id'>>(
    'session.end',
    `DELETE FROM tenancy.browser_sessions WHERE token_sha256 = :token_sha256 RETURNING organization_id, member_id`,
  ),
);

// A day later, so that it does not matter when clocks differ.
const PRUNE = batchedDelete('session.prune', {
  table: 'tenancy.browser_sessions',
  key: 'token_sha256',
  rows: `expires_at < now() - interval '1 day'`,
});

/** Browser sessions, found by their token across all organizations. */
export class SessionsRepository extends StatementRepository<BrowserSession> {
  static readonly entity = BrowserSession;

  findMember(token_sha256: Buffer, now: Instant): Promise<SignedInMember | undefined> {
    return this.one(FIND, { token_sha256, now });
  }

  /** Ends a session; `undefined` if there was none. */
  end(token_sha256: Buffer): Promise<Pick<BrowserSession, 'organization_id' | 'member_id'> | undefined> {
    return this.one(END, { token_sha256 });
  }

  /** Exchanges a sign-in link for a session; `undefined` if the link is used, expired or unknown. */
  open(
    link_sha256: Buffer,
    token_sha256: Buffer,
    expires_at: Instant,
    now: Instant,
  ): Promise<SignedInMember | undefined> {
    return this.one(OPEN, { link_sha256, token_sha256, expires_at, now });
  }

  /** Deletes sessions that expired long ago. */
  prune(stopping?: AbortSignal): Promise<void> {
    return this.deleteInBatches(PRUNE, {}, stopping);
  }
}
