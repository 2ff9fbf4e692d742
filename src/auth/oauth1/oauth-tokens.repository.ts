import { IsNull, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { Instant } from '../../core/instant.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { batchedDelete } from '../../database/batched-delete.js';
import { whenRefused } from '../../database/failures.js';
import { acrossOrganizations, statement } from '../../database/statement.js';
import { StatementRepository } from '../../database/statement-repository.js';
import type { Credential } from '../credentials/credential.entity.js';
import { CREDENTIAL_COLUMNS, type CredentialRow } from '../credentials/credentials.repository.js';
import type { Member } from '../member.entity.js';
import { OAuthToken, type TokenKind } from './oauth-token.entity.js';
import { unauthenticated } from './signed-request.js';

/** A consumer key with the token presented with it. */
export type SigningRow = CredentialRow & {
  readonly token_kind: TokenKind | null;
  readonly token_sealed_secret: string | null;
  readonly token_created_at: Instant | null;
  readonly token_expires_at: Instant | null;
};

/** A request token as the consent page shows it. */
export type RequestTokenRow = Readonly<
  Pick<OAuthToken, 'token' | 'credential_id' | 'callback'> & Pick<Credential, 'label' | 'callback_hosts'>
> & {
  /** The member who owns the key; `null` for a key of the organization itself. */
  readonly owner_email: string | null;
  readonly owner_name: string | null;
  readonly agreed: boolean;
};

/** A token to store. */
export interface TokenDraft {
  readonly token: string;
  readonly sealedSecret: string;
}

/** A request token to store, with its callback. */
export interface RequestTokenDraft extends TokenDraft {
  readonly callback: string | undefined;
  /** The registrations of which one must exist; `undefined` if the callback does not redirect. */
  readonly registrations: readonly string[] | undefined;
}

const FIND_SIGNING = acrossOrganizations(
  statement<SigningRow>(
    'oauth_token.find_signing',
    `SELECT ${CREDENTIAL_COLUMNS},
          t.kind AS token_kind, t.sealed_secret AS token_sealed_secret,
          t.created_at AS token_created_at, t.expires_at AS token_expires_at
     FROM tenancy.credentials c
     JOIN tenancy.organizations o ON o.id = c.organization_id
     LEFT JOIN tenancy.oauth_tokens t
       ON t.organization_id = c.organization_id AND t.credential_id IN (c.id, c.successor_id) AND t.token = :token
     LEFT JOIN tenancy.members m
       ON m.organization_id = c.organization_id
      AND m.id = CASE WHEN :token = '' THEN c.member_id ELSE t.member_id END
    WHERE c.surface = :surface AND c.lookup = :consumer_key`,
  ),
);

const FIND_MEMBER = statement<Readonly<Pick<Member, 'id' | 'is_admin'>>>(
  'oauth_token.find_member',
  `SELECT id, is_admin FROM tenancy.members WHERE organization_id = :organization_id AND id = :member_id`,
);

const CREATE_REQUEST = statement<{ created: boolean }>(
  'oauth_token.create_request',
  `WITH consumer AS (
     SELECT callback_hosts FROM tenancy.credentials WHERE organization_id = :organization_id AND id = :credential_id),
   created AS (
     INSERT INTO tenancy.oauth_tokens
       (organization_id, token, credential_id, kind, sealed_secret, callback, created_at, expires_at)
     SELECT :organization_id, :token, :credential_id, 'request', :sealed_secret, :callback, :now, :expires_at FROM consumer
      WHERE :registrations::text[] IS NULL OR callback_hosts && :registrations
     RETURNING token)
   SELECT EXISTS (SELECT FROM created) AS created FROM consumer`,
);

const FIND_REQUEST = statement<RequestTokenRow>(
  'oauth_token.find_request',
  `SELECT t.token, t.credential_id, c.label, m.email::text AS owner_email, m.name AS owner_name, t.callback, c.callback_hosts,
          t.member_id IS NOT NULL AS agreed
     FROM tenancy.oauth_tokens t
     JOIN tenancy.credentials c ON c.organization_id = t.organization_id AND c.id = t.credential_id
     LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id AND m.id = c.member_id
    WHERE t.organization_id = :organization_id AND t.token = :token AND t.kind = 'request' AND t.expires_at > :now
      AND (c.expires_at IS NULL OR c.expires_at > :now)`,
);

// The verifier proves that the member who agreed is the one who was redirected back. Clients of OAuth 1.0, which pass
// their callback on the consent page, have none; a key can be configured for them.
const EXCHANGE = statement<{ token: string }>(
  'oauth_token.exchange',
  `WITH agreed AS (
     DELETE FROM tenancy.oauth_tokens
      WHERE organization_id = :organization_id AND credential_id = :credential_id AND token = :request_token
        AND kind = 'request' AND member_id IS NOT NULL AND expires_at > :now
        AND (verifier = :verifier OR (:verifier::text IS NULL AND callback IS NULL AND EXISTS (
               SELECT FROM tenancy.credentials
                WHERE organization_id = :organization_id AND id = :credential_id AND verifier = 'optional')))
     RETURNING member_id)
   INSERT INTO tenancy.oauth_tokens
     (organization_id, token, credential_id, kind, sealed_secret, member_id, created_at)
   SELECT :organization_id, :token, :credential_id, 'access', :sealed_secret, member_id, :now FROM agreed
   RETURNING token`,
);

const PRUNE = batchedDelete('oauth_token.prune', {
  table: 'tenancy.oauth_tokens',
  key: 'organization_id, token',
  rows: 'expires_at < now() ORDER BY expires_at',
});

/** Rows that may be deleted while a token is being written. */
const FK_FAILURES = {
  fk_oauth_tokens_credential: () => unauthenticated('The consumer key was revoked a moment ago.'),
  fk_oauth_tokens_member: () => unauthenticated('The member was removed a moment ago.'),
};

/** The request and access tokens of three-legged clients. */
export class OAuthTokensRepository extends StatementRepository<OAuthToken> {
  static readonly entity = OAuthToken;

  /** The credential with this consumer key, and its token, if there is one. */
  findSigning(surface: SurfaceName, consumer_key: string, token: string): Promise<SigningRow | undefined> {
    return this.one(FIND_SIGNING, { surface, consumer_key, token });
  }

  findMember(
    organization_id: number,
    member_id: number,
  ): Promise<Readonly<Pick<Member, 'id' | 'is_admin'>> | undefined> {
    return this.one(FIND_MEMBER, { organization_id, member_id });
  }

  /** Returns whether the callback is allowed for the key. */
  async createRequest(
    organization_id: number,
    credential_id: number,
    { token, sealedSecret: sealed_secret, callback, registrations }: RequestTokenDraft,
    now: Instant,
    expires_at: Instant,
  ): Promise<boolean> {
    const values = { organization_id, credential_id, token, sealed_secret, callback, registrations };
    const write = this.one(CREATE_REQUEST, { ...values, now, expires_at });
    const row = await whenRefused(write, FK_FAILURES);
    if (row === undefined) throw FK_FAILURES.fk_oauth_tokens_credential();
    return row.created;
  }

  findRequest(organization_id: number, token: string, now: Instant): Promise<RequestTokenRow | undefined> {
    return this.one(FIND_REQUEST, { organization_id, token, now });
  }

  /** Returns whether the token was still undecided: only the first decision counts. */
  async agree(
    organization_id: number,
    token: string,
    member_id: number,
    verifier: string,
    now: Instant,
  ): Promise<boolean> {
    const undecided = { ...undecidedRequest(organization_id, token), expires_at: MoreThan(now) };
    const { affected } = await whenRefused(this.update(undecided, { member_id, verifier }), FK_FAILURES);
    return affected === 1;
  }

  /** Returns whether the token was still undecided. */
  async refuse(organization_id: number, token: string): Promise<boolean> {
    return (await this.delete(undecidedRequest(organization_id, token))).affected === 1;
  }

  /** Replaces a request token that was agreed to with an access token; returns whether it had been. */
  async exchange(
    organization_id: number,
    credential_id: number,
    request_token: string,
    verifier: string | undefined,
    { token, sealedSecret: sealed_secret }: TokenDraft,
    now: Instant,
  ): Promise<boolean> {
    const values = { organization_id, credential_id, request_token, verifier, token, sealed_secret, now };
    return (await whenRefused(this.one(EXCHANGE, values), FK_FAILURES)) !== undefined;
  }

  /** Hands the access tokens of a consumer key over to its successor, where both can be presented with them. */
  async handOver(organization_id: number, credential_id: number, successor_id: number): Promise<void> {
    await this.update({ organization_id, credential_id, kind: 'access' }, { credential_id: successor_id });
  }

  /** Deletes expired request tokens. */
  prune(stopping?: AbortSignal): Promise<void> {
    return this.deleteInBatches(PRUNE, {}, stopping);
  }
}

function undecidedRequest(organization_id: number, token: string): FindOptionsWhere<OAuthToken> {
  return { organization_id, token, kind: 'request', member_id: IsNull() };
}
