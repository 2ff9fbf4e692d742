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
import { Encryption } from '../encryption.js';
import { callerOf } from '../credentials/verifier.js';
import { WrongCredential } from '../limits/wrong-credentials.js';
import { NonceLedger } from './nonce-ledger.js';
import { COUNTED_KEY, NoncesRepository, WINDOW_SECONDS, type Nonce } from './nonces.repository.js';
import { OAuthTokensRepository, type SigningRow, type TokenKind } from './oauth-tokens.repository.js';
import { consumerSecretContext, tokenSecretContext } from './encryption-contexts.js';
import { fitsItsBodyHash, isSignedWith } from './signature-check.js';
import { signingKey } from './signature.js';
import { refused, type SignedRequest } from './signed-request.js';

/** How far a client's clock may be off, either way. */
const CLOCK_TOLERANCE_SECONDS = 600;

export interface Admitted {
  readonly caller: Caller;
  /** `undefined` where the surface's limiter is switched off. */
  readonly rateLimit: RateLimitState | undefined;
}

/** What a row says of who signs, worked out once for as long as the row is remembered. */
interface Signer {
  readonly caller: Caller;
  readonly key: string;
}

/**
 * Admits requests signed with OAuth 1.0a: key, token, signature, age, then nonce and ceiling together. Nothing is
 * written before the signature is known to be right.
 */
@Injectable()
export class SignedRequests {
  private readonly signers = new WeakMap<SigningRow, Signer>();
  /** What clients sign when a proxy hides the authority that they called. */
  private readonly publicAuthority: string;

  constructor(
    private readonly tokens: OAuthTokensRepository,
    private readonly nonces: NoncesRepository,
    private readonly admissions: NonceLedger,
    private readonly cache: CredentialCache,
    private readonly secrets: Encryption,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.publicAuthority = new URL(config.publicUrl).host;
  }

  /**
   * `tokenKind` is what the route takes: a request token opens nothing but its own exchange. `beforeUnknown` is asked
   * before a key and token are looked up that were never found, and may throw.
   */
  async admit(
    surface: SurfaceName,
    request: SignedRequest,
    tokenKind: TokenKind,
    beforeUnknown: () => void,
  ): Promise<Admitted> {
    const row = await this.find(surface, request, beforeUnknown);
    const signer = this.signerOf(surface, row, request);
    const now = this.clock.now(signer.caller);
    const caller = callerFor(signer.caller, row, request, tokenKind, now);
    if (!isSignedWith(request, signer.key, this.publicAuthority)) {
      throw new WrongCredential('The signature does not fit the request.');
    }
    if (!fitsItsBodyHash(request)) throw refused('The oauth_body_hash does not fit the body.');
    const rateLimit = await this.spend(caller, request, now);
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
      // Strangers must not fill the memory with tokens that they make up.
      return token === '' || found?.token_kind != null ? found : undefined;
    });
    if (row !== undefined && row.sealed_secret !== null) return row;
    throw new WrongCredential(
      consumerIsKnown ? 'The token is not known here.' : 'The consumer key is not known.',
    );
  }

  /** Opening a seal costs more than a signature. */
  private signerOf(surface: SurfaceName, row: SigningRow, { consumerKey, token }: SignedRequest): Signer {
    const known = this.signers.get(row);
    if (known !== undefined) return known;
    const consumerSecret = this.secrets.open(row.sealed_secret ?? '', consumerSecretContext(consumerKey));
    const tokenSecret =
      row.token_sealed_secret === null
        ? ''
        : this.secrets.open(row.token_sealed_secret, tokenSecretContext(token));
    const signer = { caller: callerOf(surface, row), key: signingKey(consumerSecret, tokenSecret) };
    this.signers.set(row, signer);
    return signer;
  }

  private async spend(
    caller: Caller,
    request: SignedRequest,
    now: Instant,
  ): Promise<RateLimitState | undefined> {
    const nonce = nonceOf(request, now);
    const { organizationId, credentialId, surface } = caller;
    const limit = this.config.rateLimits[surface];
    if (limit === 0) {
      const fresh = nonce === undefined || (await this.nonces.spend(organizationId, credentialId, nonce));
      if (!fresh) throw replayed();
      return undefined;
    }
    const { granted, fresh, taken, startedAt, secondsLeft } = await whenRefused(
      this.admissions.admit({ organizationId, credentialId, limit }, nonce),
      { [COUNTED_KEY]: () => refused('The consumer key was revoked a moment ago.') },
    );
    if (granted && !fresh) throw replayed();
    const reset = startedAt + WINDOW_SECONDS;
    return { limit, remaining: limit - taken, reset, secondsLeft, allowed: granted };
  }

  /** An administrator's key may act as any member of its organization. */
  private async actingAs(caller: Caller, user: string | undefined): Promise<Caller> {
    if (user === undefined) return caller;
    const id = /^\d{1,9}$/.test(user) ? Number(user) : undefined;
    const member =
      caller.isAdmin && id !== undefined
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
    if (tokenKind === 'request') throw refused('The parameter oauth_token is missing.');
    return caller;
  }
  if (row.token_kind !== tokenKind) throw new WrongCredential('The token is not known here.');
  if (row.token_expires_at !== null && row.token_expires_at <= now)
    throw new WrongCredential('The token has expired.');
  // A request token belongs to nobody yet, and nobody's right is what it has.
  if (tokenKind === 'request') return { ...caller, memberId: null, isAdmin: false };
  if (row.member_id === null) throw new WrongCredential('The token is not known here.');
  return caller;
}

/** What makes a request the only one of its kind; PLAINTEXT may do without. */
function nonceOf({ nonce, timestamp, token }: SignedRequest, now: Instant): Nonce | undefined {
  const seconds = millisecondsOf(now) / 1000;
  if (timestamp !== undefined && Math.abs(Number(timestamp) - seconds) > CLOCK_TOLERANCE_SECONDS) {
    throw refused(
      `The timestamp is out of sequence: it is more than ${CLOCK_TOLERANCE_SECONDS} seconds off this server's clock.`,
    );
  }
  if (nonce === undefined) return undefined;
  const digest = hash('sha256', JSON.stringify([token, timestamp ?? '', nonce]), 'hex');
  const acceptedFor = Number(timestamp ?? seconds) + CLOCK_TOLERANCE_SECONDS - seconds;
  // Twice the tolerance: processes whose clocks differ must agree that it was spent.
  return { digest, expiresInSeconds: acceptedFor + CLOCK_TOLERANCE_SECONDS };
}

const replayed = (): Failure =>
  refused('Duplicate timestamp/nonce combination, possible replay attack. Request rejected.');
