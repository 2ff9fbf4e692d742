import type { ScopeRules } from '../../auth/scopes.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { companyScopes } from '../../surfaces/companies/companies.credential.js';
import { pollScopes } from '../../surfaces/polls/polls.credential.js';
import { realmScopes } from '../../surfaces/realms/realms.credential.js';
import { spaceScopes } from '../../surfaces/spaces/spaces.credential.js';
import { trainingScopes } from '../../surfaces/training/training.credential.js';

export const SCOPE_RULES: Readonly<Record<SurfaceName, ScopeRules>> = {
  training: trainingScopes,
  spaces: spaceScopes,
  realms: realmScopes,
  polls: pollScopes,
  companies: companyScopes,
};

/** The first scope unknown to the product; none for a product that does not exist. */
export function unknownScope(surface: SurfaceName, scopes: readonly string[]): string | undefined {
  const known = Object.hasOwn(SCOPE_RULES, surface) ? SCOPE_RULES[surface].known : undefined;
  return known && scopes.find((scope) => !known.includes(scope));
}
