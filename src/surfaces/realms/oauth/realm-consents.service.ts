import { Injectable } from '@nestjs/common';
import { Audit, type Actor, type AuditEvent } from '../../../audit/audit.js';
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
import type { SignedInMember } from '../../../auth/sign-in/sessions.repository.js';
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
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async request(caller: Caller, callback: string | undefined, actor: Actor): Promise<IssuedToken> {
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
    const isAllowed = await this.audit.run(actor, async (manager, record) => {
      const tokens = manager.withRepository(this.tokens);
      const created = await tokens.createRequest(organizationId, credentialId, request, now, expiresAt);
      if (created) record({ action: 'consent.requested', ...of(organizationId, credentialId) });
      return created;
    });
    if (isAllowed) return issued;
    throw badCallback('an address on a host that is registered with the key');
  }

  /** A request token that no member has agreed to yet. */
  async pendingRequest(organizationId: number, token: string): Promise<RequestTokenRow | undefined> {
    const found = await this.tokens.findRequest(organizationId, token, this.clock.now());
    return found?.agreed === false ? found : undefined;
  }

  /** Returns the verifier for the client; `undefined` if the token was no longer pending. */
  async agree(
    { organization_id, id }: SignedInMember,
    { token, credential_id }: RequestTokenRow,
    actor: Actor,
  ): Promise<string | undefined> {
    const verifier = publicId();
    const agreed = await this.audit.run(actor, async (manager, record) => {
      const tokens = manager.withRepository(this.tokens);
      const first = await tokens.agree(organization_id, token, id, verifier, this.clock.now());
      if (first)
        record({ action: 'consent.given', ...of(organization_id, credential_id), actor: `member:${id}` });
      return first;
    });
    return agreed ? verifier : undefined;
  }

  async decline(
    { organization_id, id }: SignedInMember,
    { token, credential_id }: RequestTokenRow,
    actor: Actor,
  ): Promise<void> {
    await this.audit.run(actor, async (manager, record) => {
      if (await manager.withRepository(this.tokens).refuse(organization_id, token))
        record({ action: 'consent.refused', ...of(organization_id, credential_id), actor: `member:${id}` });
    });
  }

  /** Exchanges an authorized request token for an access token, once. */
  async exchange(caller: Caller, { token, verifier }: SignedRequest, actor: Actor): Promise<IssuedToken> {
    const { issued, draft } = this.issue();
    const { organizationId, credentialId } = caller;
    const now = this.clock.now(caller);
    const exchange = (): Promise<boolean> =>
      this.audit.run(actor, async (manager, record) => {
        const tokens = manager.withRepository(this.tokens);
        const done = await tokens.exchange(organizationId, credentialId, token, verifier, draft, now);
        if (done) record({ action: 'consent.redeemed', ...of(organizationId, credentialId) });
        return done;
      });
    const { address } = actor;
    if (await (verifier === undefined ? exchange() : this.links.open(address ?? undefined, exchange)))
      return issued;
    throw unauthenticated('Nobody has agreed to this request token, or the verifier is missing or wrong.');
  }

  private issue(): { readonly issued: IssuedToken; readonly draft: TokenDraft } {
    const issued = { token: publicId(), secret: secretOf256Bits() };
    const sealedSecret = this.encryption.encrypt(issued.secret, tokenSecretContext(issued.token));
    return { issued, draft: { token: issued.token, sealedSecret } };
  }
}

/** The consumer key that a consent is about. */
function of(organization_id: number, credentialId: number): Pick<AuditEvent, 'organization_id' | 'subject'> {
  return { organization_id, subject: `credential:${credentialId}` };
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
