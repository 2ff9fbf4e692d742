import { hash, timingSafeEqual } from 'node:crypto';

/** Characters of a key by which its row is found. They say nothing about the rest. */
const LOOKUP_LENGTH = 10;

/** The public part of a key. */
export function lookupOf(key: string): string {
  return key.slice(0, LOOKUP_LENGTH);
}

/** Keys carry 256 random bits, so a plain SHA-256 keeps them: there is no dictionary to slow down. */
export function digestOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

/** Compares without telling by its duration how far two digests agree. */
export function sameDigest(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
