import type { PresentedKey } from '../../auth/credentials/verifier.js';
import { lowerCaseSecret } from '../../core/random-code.js';

/** How clients of polls spell their credential: the bare key, 50 lower-case letters and digits. */
export const pollsKey = {
  mint: lowerCaseSecret,

  format: (_organization: number | string, key: string): string => key,

  /** The query's `api_key` serves as well; the header counts first. */
  present(authorization: string | undefined, apiKey?: unknown): PresentedKey | undefined {
    const key = authorization?.trim() || apiKey;
    return typeof key === 'string' && /^\S+$/.test(key) ? { key } : undefined;
  },
};
