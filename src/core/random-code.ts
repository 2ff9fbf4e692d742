import { createHash } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** Letters and digits without the similar-looking 0 O 1 I l U V: 55 characters, so 17 of them have 98 bits. */
const UNAMBIGUOUS = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz';
export const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const LOWER_CASE = '0123456789abcdefghijklmnopqrstuvwxyz';
const READ_ALOUD = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const ID_LENGTH = 17;

/** An unguessable public id of 17 characters. */
export const publicId = customAlphabet(UNAMBIGUOUS, ID_LENGTH);

const SECOND_DIGITS = 6;
const afterTheSecond = customAlphabet(UNAMBIGUOUS, ID_LENGTH - SECOND_DIGITS);

/**
 * An id of the same form whose first six characters count seconds since 1970, and whose other eleven have 63 bits. Rows that
 * are made together are together in an index, as with a UUID of version 7: otherwise each one changes another page of it.
 */
export function timeOrderedId(milliseconds = Date.now()): string {
  let prefix = '';
  let seconds = Math.floor(milliseconds / 1000);
  for (let digit = 0; digit < SECOND_DIGITS; digit++) {
    prefix = `${UNAMBIGUOUS[seconds % UNAMBIGUOUS.length]}${prefix}`;
    seconds = Math.floor(seconds / UNAMBIGUOUS.length);
  }
  return prefix + afterTheSecond();
}

/** An id of the same form that is made of a text: the same text, the same id. */
export function publicIdFrom(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return Array.from(digest.subarray(0, ID_LENGTH), (byte) => UNAMBIGUOUS[byte % UNAMBIGUOUS.length]).join('');
}

/** A 256-bit secret of 43 letters and digits. */
export const secretOf256Bits = customAlphabet(LETTERS_AND_DIGITS, 43);

/** A secret of lower-case letters and digits: 50 of them (258 bits) unless `length` is given. */
export const lowerCaseSecret = customAlphabet(LOWER_CASE, 50);

/** An upper-case code that is easy to read out; 4 characters unless `length` is given. */
export const spokenCode = customAlphabet(READ_ALOUD, 4);

const hexDigits = customAlphabet('0123456789abcdef', 16);

/** 24 lower-case hex digits like a MongoDB ObjectId: four bytes of time, then eight random bytes. */
export function objectId(milliseconds: number): string {
  return (
    Math.floor(milliseconds / 1000)
      .toString(16)
      .padStart(8, '0') + hexDigits()
  );
}
