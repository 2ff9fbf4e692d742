import type { PresentedKey } from '../../auth/credentials/verifier.js';
import { readAndWrite } from '../../auth/scopes.js';
import { mintKey } from '../../auth/credentials/bearer-key.js';

export const trainingScopes = readAndWrite();

/** Format of training credentials: `Authorization: Bearer {organization}:{key}`. */
export const trainingKey = {
  mint: () => mintKey('training'),

  /** The header value that a client sends. `organization` is an id or a slug. */
  format: (organization: number | string, key: string): string => `Bearer ${organization}:${key}`,

  present(authorization: string | undefined): PresentedKey | undefined {
    const [, organization, key] = /^Bearer +([^:\s]+):(\S+)$/i.exec(authorization ?? '') ?? [];
    return organization === undefined || key === undefined ? undefined : { organization, key };
  },
};
