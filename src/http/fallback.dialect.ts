import { STATUS_CODES } from 'node:http';
import type { Failure, FailureKind } from '../core/failure.js';
import { decodeForm, decodeJson, isForm, isJson } from './server/body.js';
import { messagePage } from './page.js';
import type { BodyDecoder, Dialect, Rejection } from './dialect.js';

/** The statuses of RFC 9110 for each kind; products that differ have a table of their own. */
export const HTTP_STATUS: Readonly<Record<FailureKind, number>> = {
  'unknown-path': 404,
  'wrong-method': 405,
  'request-timeout': 408,
  'headers-too-large': 431,
  'too-large': 413,
  'unsupported-media': 415,
  unauthenticated: 401,
  'rate-limited': 429,
  forbidden: 403,
  'not-found': 404,
  malformed: 400,
  invalid: 422,
  conflict: 409,
  unavailable: 503,
  unexpected: 500,
};

/** How logs and metrics name the surface of a request that belongs to none. Dashboards depend on it. */
const NO_SURFACE = 'house';

/** What is ours rather than a product's: a page for a browser, RFC 9457 problem details for everybody else. */
export const fallbackDialect: Dialect = {
  name: NO_SURFACE,
  owns: () => true,
  // Pages for people send forms.
  decoderFor: (contentType) => (isForm(contentType) ? decodeForm : jsonDecoder(contentType)),
  reject: (failure, request) =>
    request.headers.accept?.includes('text/html') === true && !request.url.startsWith('/admin/v1')
      ? rejectAsPage(failure)
      : rejectAsProblem(failure),
};

/** The admin API: problem details, whoever asks. */
export const adminDialect: Dialect = {
  ...fallbackDialect,
  name: 'admin',
  decoderFor: jsonDecoder,
  owns: (path) => /^\/admin\/v1(?:\/|$)/.test(path),
};

function jsonDecoder(contentType: string | undefined): BodyDecoder | undefined {
  return isJson(contentType) ? decodeJson : undefined;
}

function rejectAsProblem(failure: Failure): Rejection {
  const status = HTTP_STATUS[failure.kind];
  return {
    status,
    contentType: 'application/problem+json',
    headers: failure.kind === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {},
    body: JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail: failure.message,
      ...(failure.faults.length > 0 && { errors: failure.faults }),
    }),
  };
}

function rejectAsPage(failure: Failure): Rejection {
  const status = HTTP_STATUS[failure.kind];
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: messagePage(STATUS_CODES[status] ?? 'Error', failure.message),
  };
}
