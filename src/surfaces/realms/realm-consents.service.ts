import { Injectable } from '@nestjs/common';
import { OAuthTokens, type RequestTokenRow, type TokenDraft } from '../../auth/oauth1/oauth-tokens.table.js';
import { tokenSecretContext } from '../../auth/oauth1/seals.js';
import { refused, type SignedRequest } from '../../auth/oauth1/signed-request.js';
import { WrongLinks } from '../../auth/wrong-links.js';
import { SecretBox } from '../../auth/secret-box.js';
import type { Caller } from '../../core/caller.js';
import { Clock } from '../../core/clock.js';
import { invalid } from '../../core/failure.js';
import { instantOf, millisecondsOf } from '../../core/instant.js';
import { publicId, secretOf256Bits } from '../../core/random-code.js';

/** How long a member has to make up her mind. */
const REQUEST_TOKEN_LIFETIME_MS = 60 * 60_000;

/** A client without a web page of its own asks its user to copy the verifier (RFC 5849, 2.1). */
export const OUT_OF_BAND = 'oob';

/** A token with the secret that is told once. */
export interface IssuedToken {
  readonly token: string;
  readonly secret: string;
}

/** The three legs: a client asks, a member agrees, the client comes back for its token. */
@Injectable()
export class RealmConsentsService {
  constructor(
    private readonly tokens: OAuthTokens,
    private readonly secrets: SecretBox,
    private readonly links: WrongLinks,
    private readonly clock: Clock,
  ) {}

  async request(caller: Caller, callback: string | undefined): Promise<IssuedToken> {
    if (callback !== undefined && callback !== OUT_OF_BAND && !isCallback(callback)) {
      const message = 'oauth_callback must be an http or https address, or "oob"';
      throw invalid([{ location: 'query', field: 'oauth_callback', message }]);
    }
    const { issued, draft } = this.issue();
    const now = this.clock.now(caller);
    const expiresAt = instantOf(millisecondsOf(now) + REQUEST_TOKEN_LIFETIME_MS);
    const { organizationId, credentialId } = caller;
    await this.tokens.createRequest(organizationId, credentialId, draft, callback, now, expiresAt);
    return issued;
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

  /**
   * Exchanges a request token that was agreed to, once. Clients of the older protocol name their callback on the
   * consent page and send no verifier; one that named it when it asked has to.
   */
  async exchange(caller: Caller, { token, verifier }: SignedRequest, address: string): Promise<IssuedToken> {
    const { issued, draft } = this.issue();
    const { organizationId, credentialId } = caller;
    const now = this.clock.now(caller);
    const exchange = (): Promise<boolean> =>
      this.tokens.exchange(organizationId, credentialId, token, verifier, draft, now);
    if (await (verifier === undefined ? exchange() : this.links.open(address, exchange))) return issued;
    throw refused('Nobody has agreed to this request token, or the verifier is missing or wrong.');
  }

  private issue(): { readonly issued: IssuedToken; readonly draft: TokenDraft } {
    const issued = { token: publicId(), secret: secretOf256Bits() };
    const sealedSecret = this.secrets.seal(issued.secret, tokenSecretContext(issued.token));
    return { issued, draft: { token: issued.token, sealedSecret } };
  }
}

const MAX_CALLBACK = 2000;

/** Whether a member's browser may be sent there. */
export function isCallback(text: string): boolean {
  if (text.length > MAX_CALLBACK || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
