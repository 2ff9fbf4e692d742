import type { PresentedKey } from '../../auth/credentials/verifier.js';
import { mintLowerCaseKey } from '../../auth/credentials/bearer-key.js';
import { readAndWrite } from '../../auth/scopes.js';

/** A credential that may not write is shown no voting keys: they vote. */
export const pollScopes = readAndWrite();

/** The credential is the bare API key: 50 lower-case letters and digits. */
export const pollsKey = {
  mint: () => mintLowerCaseKey('polls'),

  format: (_organization: number | string, key: string): string => key,

  /** Reads the header, else the query parameter `api_key`. */
  present(authorization: string | undefined, apiKey?: unknown): PresentedKey | undefined {
    const key = authorization?.trim() || apiKey;
    return typeof key === 'string' && /^\S+$/.test(key) ? { key } : undefined;
  },
};
