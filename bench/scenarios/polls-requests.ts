import { pollsKey } from '../../src/surfaces/polls/polls.credential.js';
import type { PollsOrganization } from '../dataset/polls.js';
import type { WireRequest } from '../wire-request.js';

const EVENTS = '/v2/events';

/** A read of an organization's events. */
export function getPolls({ key }: PollsOrganization, rest = ''): WireRequest {
  return { method: 'GET', path: EVENTS + rest, headers: { authorization: pollsKey.format('', key) } };
}

/** A new event of an organization. */
export function postPoll({ key }: PollsOrganization, event: object): WireRequest {
  const headers = { authorization: pollsKey.format('', key), 'content-type': 'application/json' };
  return { method: 'POST', path: EVENTS, headers, body: JSON.stringify(event) };
}
