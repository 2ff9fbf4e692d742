import type { CredentialSecret } from '../../core/credential-secret.js';

/** Quotes a string as one word for a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The `Authorization` header of a credential, quoted for a POSIX shell. */
export function authorizationWord(secret: CredentialSecret): string {
  if ('authorization' in secret) return shellWord(`Authorization: ${secret.authorization}`);
  const signature = encodeURIComponent(`${encodeURIComponent(secret.consumer_secret)}&`);
  return signingWord(encodeURIComponent(secret.consumer_key), signature);
}

/**
 * The `Authorization` header of an OAuth 1.0a consumer; key and signature are percent-encoded. It uses PLAINTEXT, which
 * needs no calculation; the shell generates timestamp and nonce, so the command can be run repeatedly.
 */
export function signingWord(consumerKey: string, signature: string): string {
  const parameters = [
    ['oauth_consumer_key', consumerKey],
    ['oauth_signature_method', 'PLAINTEXT'],
    ['oauth_timestamp', '$(date +%s)'],
    ['oauth_nonce', "$(od -An -N8 -tx1 /dev/urandom | tr -d ' ')"],
    ['oauth_signature', signature],
  ].map(([name, value]) => `${name}=\\"${value}\\"`);
  return `"Authorization: OAuth ${parameters.join(', ')}"`;
}
