import { customAlphabet } from 'nanoid';
import { objectId } from '../../core/random-code.js';
import { millisecondsOf, type Instant } from '../../core/instant.js';

/** The form of every id of this product. */
export const POLL_ID = /^[0-9a-f]{24}$/;

export function isPollId(text: unknown): text is string {
  return typeof text === 'string' && POLL_ID.test(text);
}

/** Four bytes of time, eight random ones. */
export const pollId = (now: Instant): string => objectId(millisecondsOf(now));

/** What opens an event's page for one person: 16 lower-case letters and digits. */
export const personalKey = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 16);

/** The unguessable end of an event's reply address. */
export const replyCode = customAlphabet('abcdefghijklmnopqrstuvwxyz', 9);
