// Signs requests with OAuth 1.0a (RFC 5849), HMAC-SHA1, two legs. The hash is plain JavaScript: a page that came over
// plain HTTP from another machine has no crypto.subtle.
import { hmac } from '/docs/lib/hashes/hmac.js';
import { sha1 } from '/docs/lib/hashes/legacy.js';

/** Whether a security scheme of a document is the one whose requests the page signs. */
export const isSigned = (scheme) =>
  scheme.get('type') === 'http' && scheme.get('scheme').toLowerCase() === 'oauth';

/** The key and secret that were typed for the document that is shown; undefined where it asks for none, or none came. */
export function consumerOf({ specSelectors, authSelectors }) {
  const name = specSelectors.securityDefinitions()?.findKey(isSigned);
  return authSelectors.authorized().getIn([name, 'value'])?.toJS();
}

/** The request with its `Authorization`. A body of JSON or XML is no part of what is signed. */
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
