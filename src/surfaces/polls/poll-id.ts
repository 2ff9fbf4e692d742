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

/** SQL of the organization's id in this product: four bytes of the time when it was made, eight of its number. */
export function organizationIdOf(organization: string): string {
  return (
    `lpad(to_hex(floor(extract(epoch FROM ${organization}.created_at))::bigint), 8, '0') || ` +
    `lpad(to_hex(${organization}.id::bigint), 16, '0')`
  );
}

/** Room of a video call; whoever knows it can enter. */
export const roomName = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 20);

/** A person's key for an event: 16 lower-case letters and digits. */
export const personalKey = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 16);

/** Random suffix of an event's reply address. */
export const replyCode = customAlphabet('abcdefghijklmnopqrstuvwxyz', 9);
