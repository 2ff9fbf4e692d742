// Signs requests with two-legged OAuth 1.0a (RFC 5849), HMAC-SHA1. The hash is a JavaScript library, since crypto.subtle
// is not available over plain HTTP from another machine.
import { hmac } from '/docs/lib/hashes/hmac.js';
import { sha1 } from '/docs/lib/hashes/legacy.js';

/** Whether requests with a security scheme have to be signed. */
export const isSigned = (scheme) =>
  scheme.get('type') === 'http' && scheme.get('scheme').toLowerCase() === 'oauth';

/** The consumer key and secret entered for the selected document; undefined if there are none. */
export function consumerOf({ specSelectors, authSelectors }) {
  const name = specSelectors.securityDefinitions()?.findKey(isSigned);
  return authSelectors.authorized().getIn([name, 'value'])?.toJS();
}

/** The request with its `Authorization` header. JSON and XML bodies are not part of the signature. */
export function sign(request, { consumer_key: key, consumer_secret: secret }) {
  const client = new window.OAuth({
    consumer: { key, secret },
    signature_method: 'HMAC-SHA1',
    hash_function: hmacSha1,
  });
  const { origin, pathname, searchParams } = new URL(request.url, window.location.href);
  const data = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const signed = client.authorize({ method: request.method, url: origin + pathname, data });
  return { ...request, headers: { ...request.headers, ...client.toHeader(signed) } };
}

function hmacSha1(text, key) {
  const encoder = new TextEncoder();
  return btoa(String.fromCharCode(...hmac(sha1, encoder.encode(key), encoder.encode(text))));
}
