import type { Instant } from '../../../core/instant.js';
import { MAX_INTEGER } from '../../../core/integer.js';
import { readRecurrenceId, formatRecurrenceId } from '../space-time.js';

/** The event, or occurrence of a series, that a path parameter refers to. */
export interface EventRef {
  readonly eventId: number;
  readonly originalStart: Instant | undefined;
}

/** Parses `23481829` and `23481829_20300104T140000Z`; `undefined` if the text is not an id. */
export function readEventId(text: string): EventRef | undefined {
  const [, number = '', recurrenceId] = /^(\d{1,10})(?:_(\w+))?$/.exec(text) ?? [];
  const eventId = Number(number);
  if (number === '' || eventId > MAX_INTEGER) return undefined;
  const originalStart = recurrenceId === undefined ? undefined : readRecurrenceId(recurrenceId);
  return recurrenceId !== undefined && originalStart === undefined ? undefined : { eventId, originalStart };
}

/** Ids are strings in JSON, although they look like numbers. */
export function formatEventId(eventId: number, originalStart?: Instant): string {
  return originalStart === undefined ? String(eventId) : `${eventId}_${formatRecurrenceId(originalStart)}`;
}
