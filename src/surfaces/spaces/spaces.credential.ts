import type { PresentedKey } from '../../auth/credentials/verifier.js';
import { secretOf256Bits } from '../../core/random-code.js';

/** How clients of spaces spell their credential: `Authorization: Access-Token {key}`. */
export const spacesKey = {
  mint: secretOf256Bits,

  format: (_organization: number | string, key: string): string => `Access-Token ${key}`,

  /** `Bearer` and the query's `access_token` serve as well; the header counts first. */
  present(authorization: string | undefined, accessToken?: unknown): PresentedKey | undefined {
    const [, inHeader] = /^(?:Access-Token|Bearer) +(\S+)$/i.exec(authorization ?? '') ?? [];
    const key = inHeader ?? accessToken;
    return typeof key === 'string' && key !== '' ? { key } : undefined;
  },
};
