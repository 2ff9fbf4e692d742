import type { BenchSchool } from '../dataset/realms.js';
import type { Draw } from '../dataset/draw.js';
import type { WireRequest } from '../wire-request.js';

/** The two formats of realm calendars. */
export type RealmsMediaType = 'application/json' | 'text/xml';

/** Deletes used nonces and vacuums the counters after a round. */
export const SIGNING_CLEAN_UP = ['TRUNCATE tenancy.oauth_nonces', 'VACUUM tenancy.rate_windows'];

/** A read of the calendar of one of a school's sections. */
export function getCalendar(
  draw: Draw,
  { consumer, sections }: BenchSchool,
  accept: RealmsMediaType,
  query: string,
): WireRequest {
  const path = `/v1/sections/${draw.from(sections)}/events${query}`;
  return { method: 'GET', path, headers: { accept }, signedBy: consumer };
}

/** A new event in the calendar of one of a school's sections. */
export function postToCalendar(
  draw: Draw,
  { consumer, sections }: BenchSchool,
  type: RealmsMediaType,
  body: string,
): WireRequest {
  const path = `/v1/sections/${draw.from(sections)}/events`;
  return {
    method: 'POST',
    path,
    headers: { accept: type, 'content-type': type },
    body,
    signedBy: consumer,
  };
}
