import { Injectable } from '@nestjs/common';
import type { Instant } from '../../core/instant.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { Database } from '../../database/database.js';
import { whenRefused } from '../../database/failures.js';
import { statement } from '../../database/statement.js';
import type { CredentialRow } from '../credentials/credentials.repository.js';
import { unauthenticated } from './signed-request.js';

export type TokenKind = 'request' | 'access';

/** A consumer key with the token presented with it. */
export interface SigningRow extends CredentialRow {
  readonly token_kind: TokenKind | null;
  readonly token_sealed_secret: string | null;
  readonly token_expires_at: Instant | null;
}

/** A request token as the consent page shows it. */
export interface RequestTokenRow {
  readonly token: string;
  readonly label: string | null;
  /** The member who owns the key; `null` for a key of the organization itself. */
  readonly owner_email: string | null;
  readonly owner_name: string | null;
  readonly callback: string | null;
  /** The hosts that the key may redirect members to. */
  readonly callback_hosts: string[];
  readonly agreed: boolean;
}

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

const FIND_SIGNING = statement<SigningRow>(
  'oauth_token.find_signing',
  `SELECT c.organization_id, o.slug AS organization_slug, c.id, m.id AS member_id, m.is_admin AS member_is_admin,
          c.secret_sha256, c.sealed_secret, c.scopes, c.envelope, c.expires_at,
          t.kind AS token_kind, t.sealed_secret AS token_sealed_secret, t.expires_at AS token_expires_at
     FROM tenancy.credentials c
     JOIN tenancy.organizations o ON o.id = c.organization_id
     LEFT JOIN tenancy.oauth_tokens t
       ON t.organization_id = c.organization_id AND t.credential_id = c.id AND t.token = $3
     LEFT JOIN tenancy.members m
       ON m.organization_id = c.organization_id
      AND m.id = CASE WHEN $3 = '' THEN c.member_id ELSE t.member_id END
    WHERE c.surface = $1 AND c.lookup = $2`,
);

const FIND_MEMBER = statement<{ id: number; is_admin: boolean }>(
  'oauth_token.find_member',
  `SELECT id, is_admin FROM tenancy.members WHERE organization_id = $1 AND id = $2`,
);

const CREATE_REQUEST = statement<{ created: boolean }>(
  'oauth_token.create_request',
  `WITH consumer AS (
     SELECT callback_hosts FROM tenancy.credentials WHERE organization_id = $1 AND id = $3),
   created AS (
     INSERT INTO tenancy.oauth_tokens
       (organization_id, token, credential_id, kind, sealed_secret, callback, created_at, expires_at)
     SELECT $1, $2, $3, 'request', $4, $5, $6, $7 FROM consumer
      WHERE $8::text[] IS NULL OR callback_hosts && $8
     RETURNING token)
   SELECT EXISTS (SELECT FROM created) AS created FROM consumer`,
);

const FIND_REQUEST = statement<RequestTokenRow>(
  'oauth_token.find_request',
  `SELECT t.token, c.label, m.email::text AS owner_email, m.name AS owner_name, t.callback, c.callback_hosts,
          t.member_id IS NOT NULL AS agreed
     FROM tenancy.oauth_tokens t
     JOIN tenancy.credentials c ON c.organization_id = t.organization_id AND c.id = t.credential_id
     LEFT JOIN tenancy.members m ON m.organization_id = c.organization_id AND m.id = c.member_id
    WHERE t.organization_id = $1 AND t.token = $2 AND t.kind = 'request' AND t.expires_at > $3
      AND (c.expires_at IS NULL OR c.expires_at > $3)`,
);

// Only the member's first decision counts.
const AGREE = statement<{ token: string }>(
  'oauth_token.agree',
  `UPDATE tenancy.oauth_tokens SET member_id = $3, verifier = $4
    WHERE organization_id = $1 AND token = $2 AND kind = 'request' AND member_id IS NULL AND expires_at > $5
   RETURNING token`,
);

const REFUSE = statement<{ token: string }>(
  'oauth_token.refuse',
  `DELETE FROM tenancy.oauth_tokens
    WHERE organization_id = $1 AND token = $2 AND kind = 'request' AND member_id IS NULL RETURNING token`,
);

// The verifier proves that the member who agreed is the one who was redirected back. Clients of OAuth 1.0, which pass
// their callback on the consent page, have none; a key can be configured for them.
const EXCHANGE = statement<{ token: string }>(
  'oauth_token.exchange',
  `WITH agreed AS (
     DELETE FROM tenancy.oauth_tokens
      WHERE organization_id = $1 AND credential_id = $2 AND token = $3 AND kind = 'request'
        AND member_id IS NOT NULL AND expires_at > $4
        AND (verifier = $5 OR ($5::text IS NULL AND callback IS NULL AND EXISTS (
               SELECT FROM tenancy.credentials WHERE organization_id = $1 AND id = $2 AND verifier = 'optional')))
     RETURNING member_id)
   INSERT INTO tenancy.oauth_tokens
     (organization_id, token, credential_id, kind, sealed_secret, member_id, created_at)
   SELECT $1, $6, $2, 'access', $7, member_id, $4 FROM agreed
   RETURNING token`,
);

/** Rows that may be deleted while a token is being written. */
const FK_FAILURES = {
  fk_oauth_tokens_credential: () => unauthenticated('The consumer key was revoked a moment ago.'),
  fk_oauth_tokens_member: () => unauthenticated('The member was removed a moment ago.'),
};

/** The request and access tokens of three-legged clients. */
@Injectable()
export class OAuthTokensRepository {
  constructor(private readonly database: Database) {}

  /** The credential with this consumer key, and its token, if there is one. */
  findSigning(surface: SurfaceName, consumerKey: string, token: string): Promise<SigningRow | undefined> {
    return this.database.one(FIND_SIGNING, [surface, consumerKey, token]);
  }

  findMember(
    organizationId: number,
    memberId: number,
  ): Promise<{ readonly id: number; readonly is_admin: boolean } | undefined> {
    return this.database.one(FIND_MEMBER, [organizationId, memberId]);
  }

  /** Returns whether the callback is allowed for the key. */
  async createRequest(
    organizationId: number,
    credentialId: number,
    { token, sealedSecret, callback, registrations }: RequestTokenDraft,
    now: Instant,
    expiresAt: Instant,
  ): Promise<boolean> {
    const write = this.database.one(CREATE_REQUEST, [
      organizationId,
      token,
      credentialId,
      sealedSecret,
      callback,
      now,
      expiresAt,
      registrations,
    ]);
    const row = await whenRefused(write, FK_FAILURES);
    if (row === undefined) throw FK_FAILURES.fk_oauth_tokens_credential();
    return row.created;
  }

  findRequest(organizationId: number, token: string, now: Instant): Promise<RequestTokenRow | undefined> {
    return this.database.one(FIND_REQUEST, [organizationId, token, now]);
  }

  /** Returns whether the token was still undecided. */
  async agree(
    organizationId: number,
    token: string,
    memberId: number,
    verifier: string,
    now: Instant,
  ): Promise<boolean> {
    const write = this.database.one(AGREE, [organizationId, token, memberId, verifier, now]);
    return (await whenRefused(write, FK_FAILURES)) !== undefined;
  }

  async refuse(organizationId: number, token: string): Promise<boolean> {
    return (await this.database.one(REFUSE, [organizationId, token])) !== undefined;
  }

  /** Replaces a request token that was agreed to with an access token; returns whether it had been. */
  async exchange(
    organizationId: number,
    credentialId: number,
    requestToken: string,
    verifier: string | undefined,
    { token, sealedSecret }: TokenDraft,
    now: Instant,
  ): Promise<boolean> {
    const values = [organizationId, credentialId, requestToken, now, verifier, token, sealedSecret];
    return (await whenRefused(this.database.one(EXCHANGE, values), FK_FAILURES)) !== undefined;
  }
}
