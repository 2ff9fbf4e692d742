import type { CredentialGenerator } from '../../auth/credentials/credential-generator.js';
import { consumerSecretContext } from '../../auth/oauth1/encryption-contexts.js';
import { mintKey } from '../../auth/credentials/bearer-key.js';
import { readAndWrite } from '../../auth/scopes.js';
import { publicId } from '../../core/random-code.js';

/** Access tokens have the scopes of their consumer key. */
export const realmScopes = readAndWrite({
  'run-as': 'acting as another user, with the key of an administrator',
});

/** OAuth 1.0a consumer credential. */
export interface RealmsConsumer {
  /** Public; identifies the credential. */
  readonly consumerKey: string;
  /** Never sent. Stored encrypted rather than hashed, because verifying a signature needs it. */
  readonly consumerSecret: string;
}

export const realmsConsumer = {
  mint: (): RealmsConsumer => ({ consumerKey: publicId(), consumerSecret: mintKey('realms') }),

  /** Encryption context that binds a secret to its row. */
  encryptionContext: consumerSecretContext,
};

/** The secret is stored encrypted, bound to its key. */
export const generateConsumer: CredentialGenerator = (_organizationId, encryption) => {
  const { consumerKey, consumerSecret } = realmsConsumer.mint();
  const sealed_secret = encryption.encrypt(consumerSecret, realmsConsumer.encryptionContext(consumerKey));
  return {
    columns: { lookup: consumerKey, secret_sha256: null, sealed_secret },
    secret: { consumer_key: consumerKey, consumer_secret: consumerSecret },
  };
};
