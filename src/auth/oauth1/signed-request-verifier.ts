import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import type { Caller } from '../../core/caller.js';
import { Clock } from '../../core/clock.js';
import { Failure } from '../../core/failure.js';
import { millisecondsOf, type Instant } from '../../core/instant.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { whenRefused } from '../../database/failures.js';
import { CredentialCache } from '../credentials/credential-cache.js';
import type { RateLimitState } from '../limits/rate-limiter.js';
import { RATE_WINDOW_CREDENTIAL_FK } from '../limits/rate-windows.repository.js';
import { Encryption } from '../encryption.js';
import { callerOf } from '../credentials/verifier.js';
import { WrongCredential } from '../limits/wrong-credentials.js';
import { NonceLedger } from './nonce-ledger.js';
import { NoncesRepository, WINDOW_SECONDS, type Nonce } from './nonces.repository.js';
import type { TokenKind } from './oauth-token.entity.js';
import { OAuthTokensRepository, type SigningRow } from './oauth-tokens.repository.js';
import { consumerSecretContext, tokenSecretContext } from './encryption-contexts.js';
import { matchesBodyHash, isSignedWith } from './signature-check.js';
import { signingKey } from './signature.js';
import { unauthenticated, type SignedRequest } from './signed-request.js';

/** How far a client's clock may be off, in either direction. */
const CLOCK_TOLERANCE_SECONDS = 600;

/** The scope of a key that may act as other users. */
const RUN_AS = 'run-as';

export interface Authenticated {
  readonly caller: Caller;
  /** `undefined` if the surface has no rate limit. */
  readonly rateLimit: RateLimitState | undefined;
}

/** The caller and decrypted signing key of a row, computed once while the row is cached. */
interface Signer {
  readonly caller: Caller;
  readonly key: string;
}

/**
 * Verifies requests signed with OAuth 1.0a: key, token, signature, timestamp, then nonce and rate limit together. Nothing
 * is written before the signature is verified.
 */
@Injectable()
export class SignedRequestVerifier {
  private readonly signers = new WeakMap<SigningRow, Signer>();
  /** Clients sign this host when a proxy replaces the `Host` header. */
  private readonly publicAuthority: string;

  constructor(
    private readonly tokens: OAuthTokensRepository,
    private readonly nonces: NoncesRepository,
    private readonly nonceLedger: NonceLedger,
    private readonly cache: CredentialCache,
    private readonly encryption: Encryption,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.publicAuthority = new URL(config.publicUrl).host;
  }

  /**
   * `tokenKind` is the kind that the route accepts: a request token is only valid for its exchange. `beforeUnknown` is
   * called before looking up a key and token that were never found before, and may throw.
   */
  async verify(
    surface: SurfaceName,
    request: SignedRequest,
    tokenKind: TokenKind,
    beforeUnknown: () => void,
  ): Promise<Authenticated> {
    const row = await this.find(surface, request, beforeUnknown);
    const signer = this.signerOf(surface, row, request);
    const now = this.clock.now(signer.caller);
    const caller = callerFor(signer.caller, row, request, tokenKind, now);
    if (!isSignedWith(request, signer.key, this.publicAuthority)) {
      throw new WrongCredential('The signature does not fit the request.');
    }
    if (!matchesBodyHash(request)) throw unauthenticated('The oauth_body_hash does not fit the body.');
    const rateLimit = await this.count(caller, request, now);
    if (rateLimit?.allowed === false) return { caller, rateLimit };
    return { caller: await this.actingAs(caller, request.actAs), rateLimit };
  }

  private async find(
    surface: SurfaceName,
    { consumerKey, token }: SignedRequest,
    beforeUnknown: () => void,
  ): Promise<SigningRow> {
    let consumerIsKnown = false;
    const row = await this.cache.get(`${surface} signed ${consumerKey} ${token}`, beforeUnknown, async () => {
      const found = await this.tokens.findSigning(surface, consumerKey, token);
      consumerIsKnown = found !== undefined;
      // Unauthenticated clients must not fill the cache with made-up tokens.
      return token === '' || found?.token_kind != null ? found : undefined;
    });
    if (row !== undefined && row.sealed_secret !== null) return row;
    throw new WrongCredential(
      consumerIsKnown ? 'The token is not known here.' : 'The consumer key is not known.',
    );
  }

  /** Cached, since decrypting the secrets costs more than checking a signature. */
  private signerOf(surface: SurfaceName, row: SigningRow, { consumerKey, token }: SignedRequest): Signer {
    const known = this.signers.get(row);
    if (known !== undefined) return known;
    const consumerSecret = this.encryption.decrypt(
      row.sealed_secret ?? '',
      consumerSecretContext(consumerKey),
    );
    const tokenSecret =
      row.token_sealed_secret === null
        ? ''
        : this.encryption.decrypt(row.token_sealed_secret, tokenSecretContext(token));
    const caller = callerOf(surface, row);
    const issuedAt = row.token_created_at ?? caller.issuedAt;
    const signer = { caller: { ...caller, issuedAt }, key: signingKey(consumerSecret, tokenSecret) };
    this.signers.set(row, signer);
    return signer;
  }

  private async count(
    caller: Caller,
    request: SignedRequest,
    now: Instant,
  ): Promise<RateLimitState | undefined> {
    const nonce = nonceOf(request, now);
    const { organizationId, credentialId, surface } = caller;
    const limit = this.config.rateLimits[surface];
    if (limit === 0) {
      const fresh =
        nonce === undefined || (await this.nonces.recordNonce(organizationId, credentialId, nonce));
      if (!fresh) throw replayed();
      return undefined;
    }
    const { granted, fresh, taken, startedAt, secondsLeft } = await whenRefused(
      this.nonceLedger.record({ organizationId, credentialId, limit }, nonce),
      { [RATE_WINDOW_CREDENTIAL_FK]: () => unauthenticated('The consumer key was revoked a moment ago.') },
    );
    if (granted && !fresh) throw replayed();
    const reset = startedAt + WINDOW_SECONDS;
    return { limit, remaining: limit - taken, reset, secondsLeft, allowed: granted };
  }

  /** An administrator's key may act as any member of its organization, unless it has scopes without that one. */
  private async actingAs(caller: Caller, user: string | undefined): Promise<Caller> {
    if (user === undefined) return caller;
    const id = /^\d{1,9}$/.test(user) ? Number(user) : undefined;
    const member =
      caller.isAdmin && (caller.scopes.size === 0 || caller.scopes.has(RUN_AS)) && id !== undefined
        ? await this.tokens.findMember(caller.organizationId, id)
        : undefined;
    if (member === undefined) throw new Failure('forbidden', 'The key may not act as this user.');
    return { ...caller, memberId: member.id, isAdmin: member.is_admin };
  }
}

function callerFor(
  caller: Caller,
  row: SigningRow,
  { token }: SignedRequest,
  tokenKind: TokenKind,
  now: Instant,
): Caller {
  if (row.expires_at !== null && row.expires_at <= now)
    throw new WrongCredential('The consumer key has expired.');
  if (token === '') {
    if (tokenKind === 'request') throw unauthenticated('The parameter oauth_token is missing.');
    return caller;
  }
  if (row.token_kind !== tokenKind) throw new WrongCredential('The token is not known here.');
  if (row.token_expires_at !== null && row.token_expires_at <= now)
    throw new WrongCredential('The token has expired.');
  // A request token has no member yet, so it grants no rights.
  if (tokenKind === 'request') return { ...caller, memberId: null, isAdmin: false };
  if (row.member_id === null) throw new WrongCredential('The token is not known here.');
  return caller;
}

/** The nonce that protects a request against replay; optional for PLAINTEXT. */
function nonceOf({ nonce, timestamp, token }: SignedRequest, now: Instant): Nonce | undefined {
  const seconds = millisecondsOf(now) / 1000;
  if (timestamp !== undefined && Math.abs(Number(timestamp) - seconds) > CLOCK_TOLERANCE_SECONDS) {
    throw unauthenticated(
      `The timestamp is out of sequence: it is more than ${CLOCK_TOLERANCE_SECONDS} seconds off this server's clock.`,
    );
  }
  if (nonce === undefined) return undefined;
  const digest = hash('sha256', JSON.stringify([token, timestamp ?? '', nonce]), 'hex');
  const acceptedFor = Number(timestamp ?? seconds) + CLOCK_TOLERANCE_SECONDS - seconds;
  // Twice the tolerance, since the clocks of processes may differ.
  return { digest, expiresInSeconds: acceptedFor + CLOCK_TOLERANCE_SECONDS };
}

const replayed = (): Failure =>
  unauthenticated('Duplicate timestamp/nonce combination, possible replay attack. Request rejected.');
