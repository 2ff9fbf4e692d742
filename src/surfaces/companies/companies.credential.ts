import type { PresentedKey } from '../../auth/credentials/verifier.js';
import type { ScopeRules } from '../../auth/scopes.js';
import { mintKey } from '../../auth/credentials/bearer-key.js';

/** The product's own scopes of a credential; an operation is rejected if its scope is missing. */
export const COMPANY_SCOPES = [
  'events:read',
  'events:create',
  'events:update',
  'companies:read',
  'user:read',
] as const;

export const companyScopes: ScopeRules = {
  known: [...COMPANY_SCOPES, 'read', 'write'],
  description: `${COMPANY_SCOPES.map((scope) => `\`${scope}\``).join(', ')}, \`read\`: all that end in it; \`write\`: the others`,
  includedIn: {
    'events:read': 'read',
    'companies:read': 'read',
    'user:read': 'read',
    'events:create': 'write',
    'events:update': 'write',
  },
  withoutScopes: 'nothing',
};

export type CompanyScope = (typeof COMPANY_SCOPES)[number];

/** The format of a credential: `Authorization: Bearer {key}`. */
export const companiesKey = {
  mint: () => mintKey('companies'),

  format: (_organization: number | string, key: string): string => `Bearer ${key}`,

  present(authorization: string | undefined): PresentedKey | undefined {
    const [, key] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    return key === undefined ? undefined : { key };
  },
};
