import type { Instant } from './instant.js';
import type { SurfaceName } from './surface-name.js';

/** The authenticated caller of a request. */
export interface Caller {
  readonly organizationId: number;
  readonly credentialId: number;
  readonly surface: SurfaceName;
  /** The member the credential is bound to; `null` for a credential of the organization itself. */
  readonly memberId: number | null;
  /** True for an administrator and for a credential of the organization itself. */
  readonly isAdmin: boolean;
  /** The scopes of the credential; products without scopes ignore them. */
  readonly scopes: ReadonlySet<string>;
  /** When the credential was created, or the access token that was presented with it. */
  readonly issuedAt: Instant;
  /** Whether responses are wrapped in the product's envelope, for products that support both. */
  readonly envelope: boolean;
}
