import type { PresentedKey } from '../../auth/credentials/verifier.js';
import { secretOf256Bits } from '../../core/random-code.js';

/** Format of training credentials: `Authorization: Bearer {organization}:{key}`. */
export const trainingKey = {
  mint: secretOf256Bits,

  /** The header value that a client sends. `organization` is an id or a slug. */
  format: (organization: number | string, key: string): string => `Bearer ${organization}:${key}`,

  present(authorization: string | undefined): PresentedKey | undefined {
    const [, organization, key] = /^Bearer +([^:\s]+):(\S+)$/i.exec(authorization ?? '') ?? [];
    return organization === undefined || key === undefined ? undefined : { organization, key };
  },
};
