import type { SurfaceName } from '../../core/surface-name.js';
import { COMPANY_SCOPES } from '../../surfaces/companies/companies.credential.js';

/** The scopes that a product knows; the others keep whatever they are given, and ask for none of it. */
const KNOWN: ReadonlyMap<SurfaceName, readonly string[]> = new Map([['companies', COMPANY_SCOPES]]);

/** The first scope that the product does not know. */
export function unknownScope(surface: SurfaceName, scopes: readonly string[]): string | undefined {
  const known = KNOWN.get(surface);
  return known && scopes.find((scope) => !known.includes(scope));
}
