import { createHmac, randomBytes } from 'node:crypto';

/** The secrets of a client of realms. */
export interface Consumer {
  readonly key: string;
  readonly secret: string;
}

/** An `Authorization` header of OAuth 1.0a with HMAC-SHA1 (RFC 5849), good for one request. */
export function signed({ key, secret }: Consumer, method: string, url: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  const oauth = {
    oauth_consumer_key: key,
    oauth_nonce: randomBytes(12).toString('hex'),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1_000)),
    oauth_version: '1.0',
  };
  const parameters = [...Object.entries(oauth), ...searchParams]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map((pair) => pair.join('='));
  const base = [method, origin + pathname, parameters.join('&')].map(encoded).join('&');
  const signature = createHmac('sha1', `${encoded(secret)}&`)
    .update(base)
    .digest('base64');
  const fields = Object.entries({ ...oauth, oauth_signature: signature });
  return `OAuth ${fields.map(([name, value]) => `${name}="${encoded(value)}"`).join(', ')}`;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
