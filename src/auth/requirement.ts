import { SetMetadata } from '@nestjs/common';
import type { SurfaceName } from '../core/surface-name.js';
import type { TokenKind } from './oauth1/oauth-tokens.table.js';

/** What a route asks of who calls it. Every route says one of these; a test walks all routes and fails otherwise. */
export type Requirement =
  | {
      readonly kind: 'surface';
      readonly surface: SurfaceName;
      /** The kind of OAuth token that opens the route, where one is presented. */
      readonly token: TokenKind;
    }
  | { readonly kind: 'admin' }
  | { readonly kind: 'open'; readonly reason: string };

export const REQUIREMENT = Symbol('requirement');

/** The caller presents a credential of this surface. */
export const RequiresCredential = (surface: SurfaceName): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'surface', surface, token: 'access' } satisfies Requirement);

/** The caller signs with a request token, to have it exchanged for an access token. */
export const RequiresRequestToken = (surface: SurfaceName): MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'surface', surface, token: 'request' } satisfies Requirement);

/** The caller presents `ADMIN_TOKEN`. */
export const RequiresAdminToken = (): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'admin' } satisfies Requirement);

/** Anybody may call; the reason is for the reader of the route. */
export const OpenToAnybody = (reason: string): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'open', reason } satisfies Requirement);
