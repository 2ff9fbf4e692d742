import type { CredentialSecret } from '../../core/credential-secret.js';
import type { Encryption } from '../encryption.js';
import { digestOf, publicPartOf } from './bearer-key.js';
import type { Credential } from './credential.entity.js';

/** A new credential: the columns to store, and the secret to return. */
export interface GeneratedCredential {
  readonly columns: Readonly<Pick<Credential, 'lookup' | 'secret_sha256' | 'sealed_secret'>>;
  readonly secret: CredentialSecret;
}

export type CredentialGenerator = (organizationId: number, encryption: Encryption) => GeneratedCredential;

/** How a product makes a random key and writes it into the header that a client sends. */
export interface HeaderKey {
  mint(): string;
  format(organization: number, key: string): string;
}

/** Generates keys that clients send in a header; only their digest is stored. */
export const headerKeyGenerator =
  ({ mint, format }: HeaderKey): CredentialGenerator =>
  (organizationId) => {
    const key = mint();
    return {
      columns: { lookup: publicPartOf(key), secret_sha256: digestOf(key), sealed_secret: null },
      secret: { authorization: format(organizationId, key) },
    };
  };
