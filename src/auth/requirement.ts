import { SetMetadata, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../core/caller.js';
import type { SurfaceName } from '../core/surface-name.js';
import { REQUIREMENT, type OpenRequirement } from '../http/open-to-anybody.js';
import type { TokenKind } from './oauth1/oauth-token.entity.js';

export { OpenToAnybody, REQUIREMENT } from '../http/open-to-anybody.js';

/** Says whether a caller may go where a route leads, beyond what its credential alone tells; throws where not. */
export interface AccessCheck {
  admit(caller: Caller, request: FastifyRequest): Promise<void>;
}

/** Whether a request brings another proof than a credential; the route itself looks whether it is good. */
export type Proof = (request: FastifyRequest) => boolean;

/** What a route asks of a credential beside its being one of the right surface. */
export interface CredentialRequirement {
  /** The kind of OAuth token that opens the route, where one is presented. */
  readonly token: TokenKind;
  /** Whether a GET of the service's own opens the route, made for a caller whom it has admitted already. */
  readonly onBehalf?: boolean;
  /** Another proof that opens the route to who has no credential. */
  readonly unless?: Proof;
  /** Scopes that the credential must hold, all of them. */
  readonly scopes?: readonly string[];
  /** Asked after the scopes; a provider of the surface's module. */
  readonly accessCheck?: Type<AccessCheck>;
}

/** What a route asks of who calls it. Every route says one of these; a test walks all routes and fails otherwise. */
export type Requirement =
  | ({ readonly kind: 'surface'; readonly surface: SurfaceName } & CredentialRequirement)
  | { readonly kind: 'admin' }
  | OpenRequirement;

/** The caller presents a credential of this surface, and it meets the demand. */
export const RequiresCredential = (
  surface: SurfaceName,
  assertAllowed: Omit<CredentialRequirement, 'token'> = {},
): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, {
    kind: 'surface',
    surface,
    token: 'access',
    ...assertAllowed,
  } satisfies Requirement);

/** The caller signs with a request token, to have it exchanged for an access token. */
export const RequiresRequestToken = (surface: SurfaceName): MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'surface', surface, token: 'request' } satisfies Requirement);

/** The caller presents a credential of this surface, unless the request brings another proof. */
export const AcceptsCredential = (surface: SurfaceName, unless: Proof): ClassDecorator & MethodDecorator =>
  RequiresCredential(surface, { unless });

/** The caller presents `ADMIN_TOKEN`. */
export const RequiresAdminToken = (): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'admin' } satisfies Requirement);
