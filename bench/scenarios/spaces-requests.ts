import { spacesKey } from '../../src/surfaces/spaces/spaces.credential.js';
import type { BenchSpaces } from '../dataset/spaces.js';
import type { WireRequest } from '../wire-request.js';

/** A read of a client of spaces. */
export function getSpaces({ organizationId, key }: BenchSpaces, path: string): WireRequest {
  return {
    method: 'GET',
    path: `/v1.0${path}`,
    headers: { authorization: spacesKey.format(organizationId, key) },
  };
}

/** A booking of a space for an hour. */
export function postBooking(
  { organizationId, key }: BenchSpaces,
  spaceId: number,
  title: string,
  start: number,
): WireRequest {
  const time = (at: number): object => ({
    date_time: new Date(at).toISOString(),
    time_zone: 'America/New_York',
  });
  return {
    method: 'POST',
    path: `/v1.0/spaces/${spaceId}/events`,
    headers: { authorization: spacesKey.format(organizationId, key), 'content-type': 'application/json' },
    body: JSON.stringify({ title, start: time(start), end: time(start + 3_600_000) }),
  };
}
