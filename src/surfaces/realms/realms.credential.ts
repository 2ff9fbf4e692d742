import { consumerSecretContext } from '../../auth/oauth1/encryption-contexts.js';
import { publicId, secretOf256Bits } from '../../core/random-code.js';

/** What clients of realms sign their requests with (OAuth 1.0a). */
export interface RealmsConsumer {
  /** Travels in the open; the credential is found by it. */
  readonly consumerKey: string;
  /** Never travels. It must be read again to check a signature, so it is kept sealed rather than hashed. */
  readonly consumerSecret: string;
}

export const realmsConsumer = {
  mint: (): RealmsConsumer => ({ consumerKey: publicId(), consumerSecret: secretOf256Bits() }),

  /** What a sealed secret is bound to, so that it opens in its own row only. */
  sealContext: consumerSecretContext,
};
