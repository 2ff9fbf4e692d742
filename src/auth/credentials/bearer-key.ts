import { hash, timingSafeEqual } from 'node:crypto';

/** Length of the prefix by which a key's row is found. It reveals nothing about the rest. */
const LOOKUP_LENGTH = 10;

/** The public prefix of a key. */
export function lookupOf(key: string): string {
  return key.slice(0, LOOKUP_LENGTH);
}

/** Keys have 256 random bits, so a plain SHA-256 is enough: a slow hash only helps against dictionary attacks. */
export function digestOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

/** Compares digests in constant time. */
export function sameDigest(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
