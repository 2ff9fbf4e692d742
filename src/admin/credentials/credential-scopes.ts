import type { SurfaceName } from '../../core/surface-name.js';
import { COMPANY_SCOPES } from '../../surfaces/companies/companies.credential.js';

/** Known scopes per product. The other products store any scope and check none. */
const KNOWN: ReadonlyMap<SurfaceName, readonly string[]> = new Map([['companies', COMPANY_SCOPES]]);

/** The first scope unknown to the product. */
export function unknownScope(surface: SurfaceName, scopes: readonly string[]): string | undefined {
  const known = KNOWN.get(surface);
  return known && scopes.find((scope) => !known.includes(scope));
}
