import type { SurfaceName } from './surface-name.js';

/** Who makes a request, as far as a credential proves it. */
export interface Caller {
  readonly organizationId: number;
  readonly credentialId: number;
  readonly surface: SurfaceName;
  /** The person a credential is bound to; `null` acts for the organization without being a person. */
  readonly memberId: number | null;
  /** True for an administrator, and for a credential bound to nobody. */
  readonly isAdmin: boolean;
  /** What the credential was given; products without scopes ignore it. */
  readonly scopes: ReadonlySet<string>;
  /** Whether this client reads answers wrapped in its product's envelope, where the product has both. */
  readonly envelope: boolean;
}
