import { Injectable } from '@nestjs/common';
import { isCallback, OUT_OF_BAND, registrationsOf } from '../../../auth/oauth1/callback-hosts.js';
import {
  OAuthTokensRepository,
  type RequestTokenRow,
  type TokenDraft,
} from '../../../auth/oauth1/oauth-tokens.repository.js';
import { tokenSecretContext } from '../../../auth/oauth1/encryption-contexts.js';
import { unauthenticated, type SignedRequest } from '../../../auth/oauth1/signed-request.js';
import { WrongLinks } from '../../../auth/limits/wrong-links.js';
import { Encryption } from '../../../auth/encryption.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid, type Failure } from '../../../core/failure.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { publicId, secretOf256Bits } from '../../../core/random-code.js';

const REQUEST_TOKEN_LIFETIME_MS = 60 * 60_000;

/** A token with its secret, which is shown once. */
export interface IssuedToken {
  readonly token: string;
  readonly secret: string;
}

/** Three-legged OAuth 1.0a: request token, consent of a member, access token. */
@Injectable()
export class RealmConsentsService {
  constructor(
    private readonly tokens: OAuthTokensRepository,
    private readonly encryption: Encryption,
    private readonly links: WrongLinks,
    private readonly clock: Clock,
  ) {}

  async request(caller: Caller, callback: string | undefined): Promise<IssuedToken> {
    const hasCallback = callback !== undefined && callback !== OUT_OF_BAND;
    if (hasCallback && !isCallback(callback)) throw badCallback('an http or https address');
    const { issued, draft } = this.issue();
    const request = {
      ...draft,
      callback,
      registrations: hasCallback ? registrationsOf(callback) : undefined,
    };
    const now = this.clock.now(caller);
    const expiresAt = instantOf(millisecondsOf(now) + REQUEST_TOKEN_LIFETIME_MS);
    const { organizationId, credentialId } = caller;
    if (await this.tokens.createRequest(organizationId, credentialId, request, now, expiresAt)) return issued;
    throw badCallback('an address on a host that is registered with the key');
  }

  /** A request token that no member has agreed to yet. */
  async pendingRequest(organizationId: number, token: string): Promise<RequestTokenRow | undefined> {
    const found = await this.tokens.findRequest(organizationId, token, this.clock.now());
    return found?.agreed === false ? found : undefined;
  }

  /** Returns the verifier for the client; `undefined` if the token was no longer pending. */
  async agree(organizationId: number, token: string, memberId: number): Promise<string | undefined> {
    const verifier = publicId();
    const agreed = await this.tokens.agree(organizationId, token, memberId, verifier, this.clock.now());
    return agreed ? verifier : undefined;
  }

  decline(organizationId: number, token: string): Promise<boolean> {
    return this.tokens.refuse(organizationId, token);
  }

  /** Exchanges an authorized request token for an access token, once. */
  async exchange(caller: Caller, { token, verifier }: SignedRequest, address: string): Promise<IssuedToken> {
    const { issued, draft } = this.issue();
    const { organizationId, credentialId } = caller;
    const now = this.clock.now(caller);
    const exchange = (): Promise<boolean> =>
      this.tokens.exchange(organizationId, credentialId, token, verifier, draft, now);
    if (await (verifier === undefined ? exchange() : this.links.open(address, exchange))) return issued;
    throw unauthenticated('Nobody has agreed to this request token, or the verifier is missing or wrong.');
  }

  private issue(): { readonly issued: IssuedToken; readonly draft: TokenDraft } {
    const issued = { token: publicId(), secret: secretOf256Bits() };
    const sealedSecret = this.encryption.encrypt(issued.secret, tokenSecretContext(issued.token));
    return { issued, draft: { token: issued.token, sealedSecret } };
  }
}

/** Where to redirect the member: the client's callback, else the link's. `null` if it is not allowed. */
export function callbackOf(
  { callback, callback_hosts: hosts }: RequestTokenRow,
  linkedCallback: unknown,
): string | undefined | null {
  const target = callback ?? linkedCallback;
  if (target === undefined || target === '' || target === OUT_OF_BAND) return undefined;
  if (typeof target !== 'string' || !isCallback(target)) return null;
  return registrationsOf(target).some((name) => hosts.includes(name)) ? target : null;
}

function badCallback(allowed: string): Failure {
  const message = `oauth_callback must be ${allowed}, or "oob"`;
  return invalid([{ location: 'query', field: 'oauth_callback', message }]);
}
