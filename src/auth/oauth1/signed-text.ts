import type { Parameter } from './parameters.js';
import { percentEncode } from './percent.js';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: ':80', https: ':443' };

/** RFC 5849, 3.4.1.2: scheme and host in lower case, without the default port, and the path as sent. */
export function baseUri(scheme: 'http' | 'https', authority: string, path: string): string {
  const host = authority.toLowerCase();
  const port = DEFAULT_PORTS[scheme] ?? '';
  return `${scheme}://${host.endsWith(port) ? host.slice(0, -port.length) : host}${path === '' ? '/' : path}`;
}

/** RFC 5849, 3.4.1.3.2: encoded first, then sorted bytewise by name and value. */
export function normalizeParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]): Parameter => [percentEncode(name), percentEncode(value)])
    .sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The signature base string (RFC 5849, 3.4.1.1). `normalized` is the result of `normalizeParameters`. */
export function signatureBaseString(method: string, uri: string, normalized: string): string {
  return `${method.toUpperCase()}&${percentEncode(uri)}&${percentEncode(normalized)}`;
}

/** Encoded text is ASCII, so comparing UTF-16 units compares bytes. */
function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
