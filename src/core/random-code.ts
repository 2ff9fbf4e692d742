import { customAlphabet } from 'nanoid';

/** Letters and digits without the look-alikes 0 O 1 I l U V: 55 characters, so 17 of them carry 98 bits. */
const UNMISTAKABLE = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz';
const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LOWER_CASE = '0123456789abcdefghijklmnopqrstuvwxyz';
const SPOKEN = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** An unguessable public id of 17 characters, as training's classes, events and members carry. */
export const publicId = customAlphabet(UNMISTAKABLE, 17);

/** A 256-bit secret of 43 letters and digits. */
export const secretOf256Bits = customAlphabet(LETTERS_AND_DIGITS, 43);

/** A secret of 50 lower-case letters and digits (258 bits). */
export const lowerCaseSecret = customAlphabet(LOWER_CASE, 50);

/** An upper-case code that can be read out; `length` is its size. */
export const spokenCode = customAlphabet(SPOKEN, 4);

/** 24 lower-case hex digits: four bytes of time, then eight random ones, like a MongoDB ObjectId. */
const hexDigits = customAlphabet('0123456789abcdef', 16);
export function objectId(milliseconds: number): string {
  return (
    Math.floor(milliseconds / 1000)
      .toString(16)
      .padStart(8, '0') + hexDigits()
  );
}
