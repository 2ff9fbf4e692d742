import { customAlphabet } from 'nanoid';
import { objectId } from '../../core/random-code.js';
import { millisecondsOf, type Instant } from '../../core/instant.js';

/** Format of all ids of this product. */
export const POLL_ID = /^[0-9a-f]{24}$/;

export function isPollId(text: unknown): text is string {
  return typeof text === 'string' && POLL_ID.test(text);
}

/** Four bytes of time, eight random bytes. */
export const pollId = (now: Instant): string => objectId(millisecondsOf(now));

/** A person's key for an event: 16 lower-case letters and digits. */
export const personalKey = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 16);

/** Random suffix of an event's reply address. */
export const replyCode = customAlphabet('abcdefghijklmnopqrstuvwxyz', 9);
