import { hash } from 'node:crypto';
import { baseUri, normalizeParameters, signatureBaseString } from './signed-text.js';
import { hmacSha1, sameSignature } from './signature.js';
import type { SignedRequest } from './signed-request.js';

/** Whether a request was signed with `key`. */
export function isSignedWith(request: SignedRequest, key: string, publicAuthority: string): boolean {
  return request.signatureMethod === 'PLAINTEXT'
    ? plaintextForms(request, key).some((form) => sameSignature(request.signature, form))
    : addresses(request, publicAuthority).some((address) => sameSignature(request.signature, address(key)));
}

/**
 * Whether the body matches its signed hash, if the client sent one: SHA-1 for HMAC-SHA1, as in the OAuth Request Body
 * Hash extension. PLAINTEXT signs nothing.
 */
export function matchesBodyHash({ signatureMethod, bodyHash, body }: SignedRequest): boolean {
  return (
    bodyHash === undefined || signatureMethod === 'PLAINTEXT' || bodyHash === hash('sha1', body, 'base64')
  );
}

/**
 * PLAINTEXT sends the key itself. In a query string an unencoded ampersand ends the parameter, so the signature of a
 * two-legged client that does not encode it arrives without the ampersand.
 */
function plaintextForms({ token }: SignedRequest, key: string): string[] {
  return token === '' ? [key, key.slice(0, -1)] : [key];
}

/**
 * The signatures for each URL that the client may have called. Behind a proxy that URL is unknown, so the `Host` header
 * and the public authority are tried with both schemes, the likeliest first.
 */
function addresses(request: SignedRequest, publicAuthority: string): ((key: string) => string)[] {
  const normalized = normalizeParameters(request.parameters);
  const schemes = request.encrypted ? (['https', 'http'] as const) : (['http', 'https'] as const);
  const authorities = [...new Set([request.host, publicAuthority])];
  return authorities.flatMap((authority) =>
    schemes.map((scheme) => (key: string) => {
      const uri = baseUri(scheme, authority, request.path);
      return hmacSha1(signatureBaseString(request.method, uri, normalized), key);
    }),
  );
}
