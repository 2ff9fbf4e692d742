import { digestOf, lookupOf } from '../../auth/credentials/bearer-key.js';
import type { Encryption } from '../../auth/encryption.js';
import type { CredentialSecret } from '../../core/credential-secret.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { companiesKey } from '../../surfaces/companies/companies.credential.js';
import { pollsKey } from '../../surfaces/polls/polls.credential.js';
import { realmsConsumer } from '../../surfaces/realms/realms.credential.js';
import { spacesKey } from '../../surfaces/spaces/spaces.credential.js';
import { trainingKey } from '../../surfaces/training/training.credential.js';

/** A new credential: the columns to store and the secret to return. */
export interface MintedCredential {
  readonly stored: {
    readonly lookup: string;
    readonly secret_sha256: Buffer | null;
    readonly sealed_secret: string | null;
  };
  readonly told: CredentialSecret;
}

type Mint = (organizationId: number, encryption: Encryption) => MintedCredential;

interface BearerKey {
  mint(): string;
  format(organization: number, key: string): string;
}

const bearer =
  ({ mint, format }: BearerKey): Mint =>
  (organizationId) => {
    const key = mint();
    return {
      stored: { lookup: lookupOf(key), secret_sha256: digestOf(key), sealed_secret: null },
      told: { authorization: format(organizationId, key) },
    };
  };

const consumer: Mint = (_organizationId, encryption) => {
  const { consumerKey, consumerSecret } = realmsConsumer.mint();
  const sealed_secret = encryption.encrypt(consumerSecret, realmsConsumer.sealContext(consumerKey));
  return {
    stored: { lookup: consumerKey, secret_sha256: null, sealed_secret },
    told: { consumer_key: consumerKey, consumer_secret: consumerSecret },
  };
};

/** Creates a credential for each product. */
export const CREDENTIAL_FORMS: Readonly<Record<SurfaceName, Mint>> = {
  training: bearer(trainingKey),
  spaces: bearer(spacesKey),
  realms: consumer,
  polls: bearer(pollsKey),
  companies: bearer(companiesKey),
};
