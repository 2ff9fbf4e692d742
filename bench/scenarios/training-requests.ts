import type { TrainingOrganization } from '../dataset/training.js';
import { trainingKey } from '../../src/surfaces/training/training.credential.js';
import type { WireRequest } from '../wire-request.js';

const EVENTS = '/api/v1/events';

/** A read of training events as an organization's client. */
export function get({ id, key }: TrainingOrganization, rest = ''): WireRequest {
  return { method: 'GET', path: EVENTS + rest, headers: { authorization: trainingKey.format(id, key) } };
}

/** A new training event. */
export function post({ id, key }: TrainingOrganization, event: object): WireRequest {
  const headers = { authorization: trainingKey.format(id, key), 'content-type': 'application/json' };
  return { method: 'POST', path: EVENTS, headers, body: JSON.stringify(event) };
}
