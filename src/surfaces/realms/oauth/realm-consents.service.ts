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

/** How long a member has to make up her mind. */
const REQUEST_TOKEN_LIFETIME_MS = 60 * 60_000;

/** A token with the secret that is told once. */
export interface IssuedToken {
  readonly token: string;
  readonly secret: string;
}

/** The three legs: a client asks, a member agrees, the client comes back for its token. */
@Injectable()
export class RealmConsentsService {
  constructor(
    private readonly tokens: OAuthTokensRepository,
    private readonly secrets: Encryption,
    private readonly links: WrongLinks,
    private readonly clock: Clock,
  ) {}

  async request(caller: Caller, callback: string | undefined): Promise<IssuedToken> {
    const leadsBack = callback !== undefined && callback !== OUT_OF_BAND;
    if (leadsBack && !isCallback(callback)) throw badCallback('an http or https address');
    const { issued, draft } = this.issue();
    const request = { ...draft, callback, registrations: leadsBack ? registrationsOf(callback) : undefined };
    const now = this.clock.now(caller);
    const expiresAt = instantOf(millisecondsOf(now) + REQUEST_TOKEN_LIFETIME_MS);
    const { organizationId, credentialId } = caller;
    if (await this.tokens.createRequest(organizationId, credentialId, request, now, expiresAt)) return issued;
    throw badCallback('an address on a host that is registered with the key');
  }

  /** A request token that still waits for a member of this organization. */
  async waiting(organizationId: number, token: string): Promise<RequestTokenRow | undefined> {
    const found = await this.tokens.findRequest(organizationId, token, this.clock.now());
    return found?.agreed === false ? found : undefined;
  }

  /** The verifier for the client; `undefined` when the token did not wait any more. */
  async agree(organizationId: number, token: string, memberId: number): Promise<string | undefined> {
    const verifier = publicId();
    const agreed = await this.tokens.agree(organizationId, token, memberId, verifier, this.clock.now());
    return agreed ? verifier : undefined;
  }

  decline(organizationId: number, token: string): Promise<boolean> {
    return this.tokens.refuse(organizationId, token);
  }

  /** Exchanges a request token that was agreed to, once. */
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
    const sealedSecret = this.secrets.encrypt(issued.secret, tokenSecretContext(issued.token));
    return { issued, draft: { token: issued.token, sealedSecret } };
  }
}

/** Where to send the member: what the client said when it asked, else what the link says. `null`: nowhere allowed. */
export function callbackOf(
  { callback, callback_hosts: hosts }: RequestTokenRow,
  linked: unknown,
): string | undefined | null {
  const dto = callback ?? linked;
  if (dto === undefined || dto === '' || dto === OUT_OF_BAND) return undefined;
  if (typeof dto !== 'string' || !isCallback(dto)) return null;
  return registrationsOf(dto).some((name) => hosts.includes(name)) ? dto : null;
}

function badCallback(assertAllowed: string): Failure {
  const message = `oauth_callback must be ${assertAllowed}, or "oob"`;
  return invalid([{ location: 'query', field: 'oauth_callback', message }]);
}
