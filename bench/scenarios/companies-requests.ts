import { companiesKey } from '../../src/surfaces/companies/companies.credential.js';
import type { BenchCompany } from '../dataset/companies.js';
import type { WireRequest } from '../wire-request.js';

/** A read of a company's events. */
export function getEvents({ id, key }: BenchCompany, rest = ''): WireRequest {
  const headers = { authorization: companiesKey.format('', key) };
  return { method: 'GET', path: `/api/v1/${id}/events${rest}`, headers };
}

/** A new event of a company. */
export function postEvent({ id, key }: BenchCompany, event: object): WireRequest {
  const headers = { authorization: companiesKey.format('', key), 'content-type': 'application/json' };
  return { method: 'POST', path: `/api/v1/${id}/events/create`, headers, body: JSON.stringify(event) };
}
