import type { Instant } from '../../../core/instant.js';
import { readRecurrenceId, formatRecurrenceId } from '../space-time.js';

/** What an id in an address names: an event, or one occurrence of a series. */
export interface EventRef {
  readonly eventId: number;
  readonly originalStart: Instant | undefined;
}

const MAX_ID = 2_147_483_647;

/** Reads `23481829` and `23481829_20300104T140000Z`; nothing for what cannot be an id. */
export function readEventId(text: string): EventRef | undefined {
  const [, number = '', recurrenceId] = /^(\d{1,10})(?:_(\w+))?$/.exec(text) ?? [];
  const eventId = Number(number);
  if (number === '' || eventId > MAX_ID) return undefined;
  const originalStart = recurrenceId === undefined ? undefined : readRecurrenceId(recurrenceId);
  return recurrenceId !== undefined && originalStart === undefined ? undefined : { eventId, originalStart };
}

/** Ids are strings on the wire, although they look like numbers. */
export function formatEventId(eventId: number, originalStart?: Instant): string {
  return originalStart === undefined ? String(eventId) : `${eventId}_${formatRecurrenceId(originalStart)}`;
}

/** The number in an address that names a space, a location or a user. */
export function readId(text: string): number | undefined {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return number <= MAX_ID ? number : undefined;
}
