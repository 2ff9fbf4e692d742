import { randomUUID } from 'node:crypto';
import type { CredentialSecret } from '../core/credential-secret.js';
import type { SurfaceName } from '../core/surface-name.js';
import { shellWord, signingWord } from '../http/landing/shell.js';

/** A credential of the demo, for the tour's own requests and for the commands that it prints. */
export interface TourKey {
  /** The value of `Authorization`; call it for each request, since a signature is valid once. */
  header(): string;
  /** Shell lines to run before the commands; they read the file, so that no secret is printed. */
  readonly setup: readonly string[];
  /** The header as an argument of curl, after that setup. */
  readonly headerArgument: string;
}

/** The credential of one product; the file has it under the product's name. */
export function keyOf(surface: SurfaceName, secret: CredentialSecret, file: string): TourKey {
  const read = (field: string): string =>
    `$(node -p 'require(process.argv[1]).${surface}.${field}' ${shellWord(file)})`;
  if ('authorization' in secret) {
    return {
      header: () => secret.authorization,
      setup: [`AUTH="Authorization: ${read('authorization')}"`],
      headerArgument: '"$AUTH"',
    };
  }
  return {
    header: () => signedPlainly(secret.consumer_key, secret.consumer_secret),
    setup: [
      `KEY=${read('consumer_key')} SECRET=${read('consumer_secret')}`,
      `auth() { echo ${signingWord('$KEY', '$SECRET%26')}; }`,
    ],
    headerArgument: '"$(auth)"',
  };
}

function signedPlainly(key: string, secret: string): string {
  const parameters = {
    oauth_consumer_key: key,
    oauth_signature_method: 'PLAINTEXT',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_nonce: randomUUID(),
    oauth_signature: `${encodeURIComponent(secret)}&`,
  };
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
  return `OAuth ${list.join(', ')}`;
}
