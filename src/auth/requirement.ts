import { SetMetadata, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../core/caller.js';
import type { SurfaceName } from '../core/surface-name.js';
import { REQUIREMENT, type PublicRequirement } from '../http/public.decorator.js';
import type { AdminScope } from './admin-tokens/admin-token.entity.js';
import type { TokenKind } from './oauth1/oauth-token.entity.js';

export { Public, REQUIREMENT } from '../http/public.decorator.js';

/** Checks whether a caller may use a route, beyond what its credential says; throws if not. */
export interface AccessCheck {
  admit(caller: Caller, request: FastifyRequest): Promise<void>;
}

/** Whether a request contains another proof than a credential. The route itself verifies it. */
export type Proof = (request: FastifyRequest) => boolean;

/** What a route requires of a credential, in addition to its surface. */
export interface CredentialRequirement {
  /** The kind of OAuth token that the route accepts, if one is presented. */
  readonly token: TokenKind;
  /** Whether the route accepts a GET that the service itself sends on behalf of a caller, see `OnBehalf`. */
  readonly onBehalf?: boolean;
  /** Another proof that is accepted instead of a credential. */
  readonly unless?: Proof;
  /** Scopes that the credential must have, all of them; `read` or `write`, by the method, if not given. */
  readonly scopes?: readonly string[];
  /** Scopes of which the credential must have at least one. */
  readonly anyScope?: readonly string[];
  /** Called after the scopes were checked; a provider of the surface's module. */
  readonly accessCheck?: Type<AccessCheck>;
}

/** What a route requires of its caller. Every route must declare one; a test checks all routes. */
export type Requirement =
  | ({ readonly kind: 'surface'; readonly surface: SurfaceName } & CredentialRequirement)
  | { readonly kind: 'admin'; readonly scopes?: readonly AdminScope[] }
  | PublicRequirement;

/** The caller presents a credential of this surface that meets the requirement. */
export const RequiresCredential = (
  surface: SurfaceName,
  requirement: Omit<CredentialRequirement, 'token'> = {},
): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, {
    kind: 'surface',
    surface,
    token: 'access',
    ...requirement,
  } satisfies Requirement);

/** The caller signs with a request token, to exchange it for an access token. */
export const RequiresRequestToken = (surface: SurfaceName): MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'surface', surface, token: 'request', scopes: [] } satisfies Requirement);

/** The caller presents a credential of this surface, unless the request contains another proof. */
export const AcceptsCredential = (surface: SurfaceName, unless: Proof): ClassDecorator & MethodDecorator =>
  RequiresCredential(surface, { unless });

/** The caller presents an admin token with these scopes; with `read` or `write`, by the method, if none are given. */
export const RequiresAdminToken = (...scopes: AdminScope[]): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'admin', ...(scopes.length > 0 && { scopes }) } satisfies Requirement);
