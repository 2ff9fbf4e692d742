import { digestOf, lookupOf } from '../../auth/credentials/bearer-key.js';
import type { Credential } from '../../auth/credentials/credential.entity.js';
import type { Encryption } from '../../auth/encryption.js';
import type { CredentialSecret } from '../../core/credential-secret.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { companiesKey } from '../../surfaces/companies/companies.credential.js';
import { pollsKey } from '../../surfaces/polls/polls.credential.js';
import { realmsConsumer } from '../../surfaces/realms/realms.credential.js';
import { spacesKey } from '../../surfaces/spaces/spaces.credential.js';
import { trainingKey } from '../../surfaces/training/training.credential.js';

/** A new credential: the columns to store, and the secret to return. */
export interface GeneratedCredential {
  readonly columns: Readonly<Pick<Credential, 'lookup' | 'secret_sha256' | 'sealed_secret'>>;
  readonly secret: CredentialSecret;
}

type Generator = (organizationId: number, encryption: Encryption) => GeneratedCredential;

interface BearerKey {
  mint(): string;
  format(organization: number, key: string): string;
}

const bearer =
  ({ mint, format }: BearerKey): Generator =>
  (organizationId) => {
    const key = mint();
    return {
      columns: { lookup: lookupOf(key), secret_sha256: digestOf(key), sealed_secret: null },
      secret: { authorization: format(organizationId, key) },
    };
  };

const consumer: Generator = (_organizationId, encryption) => {
  const { consumerKey, consumerSecret } = realmsConsumer.mint();
  const sealed_secret = encryption.encrypt(consumerSecret, realmsConsumer.encryptionContext(consumerKey));
  return {
    columns: { lookup: consumerKey, secret_sha256: null, sealed_secret },
    secret: { consumer_key: consumerKey, consumer_secret: consumerSecret },
  };
};

/** Generates a credential, by product. */
export const GENERATORS: Readonly<Record<SurfaceName, Generator>> = {
  training: bearer(trainingKey),
  spaces: bearer(spacesKey),
  realms: consumer,
  polls: bearer(pollsKey),
  companies: bearer(companiesKey),
};
