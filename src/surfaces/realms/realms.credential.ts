import { consumerSecretContext } from '../../auth/oauth1/encryption-contexts.js';
import { publicId, secretOf256Bits } from '../../core/random-code.js';

/** OAuth 1.0a consumer credential. */
export interface RealmsConsumer {
  /** Public; identifies the credential. */
  readonly consumerKey: string;
  /** Never sent. Stored encrypted rather than hashed, because verifying a signature needs it. */
  readonly consumerSecret: string;
}

export const realmsConsumer = {
  mint: (): RealmsConsumer => ({ consumerKey: publicId(), consumerSecret: secretOf256Bits() }),

  /** Encryption context that binds a secret to its row. */
  encryptionContext: consumerSecretContext,
};
