import type { PresentedKey } from '../../auth/credentials/verifier.js';
import { readAndWrite } from '../../auth/scopes.js';
import { mintKey } from '../../auth/credentials/bearer-key.js';

export const spaceScopes = readAndWrite();

/** The format of a credential: `Authorization: Access-Token {key}`. */
export const spacesKey = {
  mint: () => mintKey('spaces'),

  format: (_organization: number | string, key: string): string => `Access-Token ${key}`,

  /** `Bearer` and the query parameter `access_token` are accepted too; the header takes precedence. */
  present(authorization: string | undefined, accessToken?: unknown): PresentedKey | undefined {
    const [, inHeader] = /^(?:Access-Token|Bearer) +(\S+)$/i.exec(authorization ?? '') ?? [];
    const key = inHeader ?? accessToken;
    return typeof key === 'string' && key !== '' ? { key } : undefined;
  },
};
