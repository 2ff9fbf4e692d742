import { createHmac } from 'node:crypto';
import { digestOf, sameDigest } from '../credentials/bearer-key.js';
import { percentEncode } from './percent.js';

/** RFC 5849, 3.4.2 and 3.4.4: both secrets, encoded and joined by an ampersand, even if one is empty. */
export function signingKey(consumerSecret: string, tokenSecret: string): string {
  return `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
}

export function hmacSha1(baseString: string, key: string): string {
  return createHmac('sha1', key).update(baseString).digest('base64');
}

/** Compares signatures of any length in constant time. */
export function sameSignature(given: string, expected: string): boolean {
  return sameDigest(digestOf(given), digestOf(expected));
}
