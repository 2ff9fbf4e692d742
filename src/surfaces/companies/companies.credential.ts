import type { PresentedKey } from '../../auth/credentials/verifier.js';
import { secretOf256Bits } from '../../core/random-code.js';

/** Scopes of a credential; an operation is rejected if its scope is missing. */
export const COMPANY_SCOPES = [
  'events:read',
  'events:create',
  'events:update',
  'companies:read',
  'user:read',
] as const;

export type CompanyScope = (typeof COMPANY_SCOPES)[number];

/** The format of a credential: `Authorization: Bearer {key}`. */
export const companiesKey = {
  mint: secretOf256Bits,

  format: (_organization: number | string, key: string): string => `Bearer ${key}`,

  present(authorization: string | undefined): PresentedKey | undefined {
    const [, key] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    return key === undefined ? undefined : { key };
  },
};
