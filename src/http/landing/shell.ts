import type { CredentialSecret } from '../../core/credential-secret.js';

/** A text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The `Authorization` header of a credential as one word of a POSIX shell. */
export function authorizationWord(secret: CredentialSecret): string {
  if ('authorization' in secret) return shellWord(`Authorization: ${secret.authorization}`);
  const signature = encodeURIComponent(`${encodeURIComponent(secret.consumer_secret)}&`);
  return signingWord(encodeURIComponent(secret.consumer_key), signature);
}

/**
 * The same of an OAuth 1.0a consumer, whose key and signature are given as they stand in the header. It signs by
 * PLAINTEXT, which needs no arithmetic; the shell draws time and nonce, so that the word serves again and again.
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
