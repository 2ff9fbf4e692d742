import { hash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { LETTERS_AND_DIGITS, LOWER_CASE, lowerCaseSecret, secretOf256Bits } from '../../core/random-code.js';

/** Length of the part by which a key's row is found. It reveals nothing about the rest. */
const LOOKUP_LENGTH = 10;

/** `qnt_training_`, 43 random characters, 6 of checksum: what secret scanners search for. */
const KEY = /^qnt_[a-z]+_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
/** `qntpolls`, 35 random characters, 7 of checksum: for a product whose keys are 50 lower-case letters and digits. */
const LOWER_CASE_KEY = /^qnt[a-z]{5}([0-9a-z]{35})([0-9a-z]{7})$/;
const IS_NEW = /^qnt(?:_|polls)/;

/** A new key, which names the product and what it opens. */
export function mintKey(opens: string): string {
  const text = `qnt_${opens}_${secretOf256Bits()}`;
  return text + checksum(text, LETTERS_AND_DIGITS, 6);
}

/** A new key of 50 lower-case letters and digits, of which 35 are random (181 bits). */
export function mintLowerCaseKey(opens: string): string {
  const text = `qnt${opens}${lowerCaseSecret(35)}`;
  return text + checksum(text, LOWER_CASE, 7);
}

/**
 * The public part of a key: the beginning of what is random. `undefined` if the checksum is wrong, so that a mistyped or
 * made-up key costs no look-up. Keys made before there were checksums have none.
 */
export function lookupOf(key: string): string | undefined {
  if (!IS_NEW.test(key)) return key.slice(0, LOOKUP_LENGTH);
  for (const [form, alphabet] of [
    [KEY, LETTERS_AND_DIGITS],
    [LOWER_CASE_KEY, LOWER_CASE],
  ] as const) {
    const [, random, end] = form.exec(key) ?? [];
    if (random === undefined || end === undefined) continue;
    const isIntact = checksum(key.slice(0, -end.length), alphabet, end.length) === end;
    return isIntact ? random.slice(0, LOOKUP_LENGTH) : undefined;
  }
  return undefined;
}

/** The same for a key that was just made. */
export function publicPartOf(key: string): string {
  const lookup = lookupOf(key);
  if (lookup === undefined) throw new Error('A key was made with a wrong checksum.');
  return lookup;
}

/** The CRC-32 of a text in the characters of an alphabet, highest first. */
function checksum(text: string, alphabet: string, length: number): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < length; place++) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}

/** Keys have at least 181 random bits, so a plain SHA-256 is enough: a slow hash only helps against dictionary attacks. */
export function digestOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

/** Compares digests in constant time. */
export function sameDigest(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
