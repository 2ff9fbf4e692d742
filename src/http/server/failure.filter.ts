import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure, type FailureKind } from '../../core/failure.js';
import { JSON_TYPE } from '../../core/json-text.js';
import { databaseFailure } from '../../database/failures.js';
import { BrokenRequest } from './broken-request.js';
import type { Dialects } from '../dialects.js';
import { pathOf } from '../path.js';
import type { RouteTable } from './route-table.js';
import type { RejectedRequest, Rejection } from '../dialect.js';

/** A response with a serialized body. */
export interface TextResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly text: string;
}

/** The default `Retry-After`, in seconds. */
const RETRY_AFTER = 1;

/**
 * The global exception filter, for errors of rules, pipes, the guard, the router and the body parser. The path
 * determines the dialect of the response.
 */
@Catch()
export class FailureFilter implements ExceptionFilter {
  constructor(
    private readonly dialects: Dialects,
    private readonly routes: RouteTable,
    /** Headers that a refusal has unless something more exact was set before. */
    private readonly defaultHeaders: (path: string) => Readonly<Record<string, string>> = () => ({}),
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.respond(exception, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  respond(exception: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const path = pathOf(request.url);
    const failure = this.failureOf(exception, request.method, path);
    // The client has disconnected: no response, and no log entry besides the access log, unless it is a bug.
    if (isPrematureClose(exception) || (reply.raw.destroyed && failure.kind !== 'unexpected')) {
      reply.raw.destroy();
      return;
    }
    if (failure.kind === 'unexpected')
      request.log.error({ request_id: request.id, err: exception }, 'unexpected failure');
    else if (failure.kind === 'unavailable')
      request.log.warn({ request_id: request.id, err: failure.cause ?? failure }, 'unavailable');
    if (reply.sent || reply.raw.headersSent) {
      // Part of the response has been sent: abort it rather than append an error to it.
      reply.raw.destroy();
      return;
    }
    const { status, headers, body, contentType = JSON_TYPE } = this.rejection(failure, path, request);
    for (const [name, value] of Object.entries(this.defaultHeaders(path)))
      if (!reply.hasHeader(name)) reply.header(name, value);
    reply.status(status).headers(headers);
    // An empty response has no media type.
    void (body === undefined ? reply.send() : reply.type(contentType).send(body));
  }

  /** The response to a request that could not be parsed, for writing it directly to the socket. */
  textResponse(failure: BrokenRequest, request: RejectedRequest): TextResponse {
    const path = pathOf(request.url);
    const { body, contentType = JSON_TYPE, status, headers } = this.rejection(failure, path, request);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, headers: { ...this.defaultHeaders(path), ...headers }, contentType, text };
  }

  private rejection(
    failure: Failure,
    path: string,
    request: RejectedRequest,
  ): Rejection & Required<Pick<Rejection, 'headers'>> {
    const dialect = this.dialects.ownerOf(path);
    const rejection = dialect.reject(failure, request);
    const headers = failureHeaders(failure);
    if (rejection.status === 401 && dialect.challenge !== undefined)
      headers['www-authenticate'] = dialect.challenge(request);
    return { ...rejection, headers: { ...headers, ...rejection.headers } };
  }

  private failureOf(exception: unknown, method: string, path: string): Failure {
    if (exception instanceof Failure) return exception;
    if (NOT_FOUND_STATUSES.has(statusOf(exception))) return this.unmatched(method, path);
    return (
      transportFailure(exception) ??
      databaseFailure(exception) ??
      new Failure('unexpected', 'Something went wrong on our side.', { cause: exception })
    );
  }

  private unmatched(method: string, path: string): Failure {
    const allow = this.routes.methodsOf(path);
    return allow.length > 0 && !allow.includes(method)
      ? new Failure('wrong-method', `This path answers ${allow.join(', ')} only.`, { allow })
      : new Failure('unknown-path', 'There is nothing at this path.');
  }
}

/** The error of a response stream whose client disconnected, perhaps a moment before the response is known to be closed. */
function isPrematureClose(exception: unknown): boolean {
  return (exception as { code?: unknown } | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function failureHeaders(failure: Failure): Record<string, string> {
  const { kind, retryAfter, allow } = failure;
  const headers: Record<string, string> = {};
  if (failure instanceof BrokenRequest) headers.connection = 'close';
  if (kind === 'rate-limited' || kind === 'unavailable')
    headers['retry-after'] = String(retryAfter ?? RETRY_AFTER);
  if (allow.length > 0) headers.allow = allow.join(', ');
  return headers;
}

/** Requests that Fastify rejects before a route is reached, as its own error or wrapped in Nest's `HttpException`. */
const TRANSPORT: Readonly<Record<number, readonly [FailureKind, string]>> = {
  400: ['malformed', 'The request could not be read.'],
  413: ['too-large', 'The body is larger than 1 MiB.'],
  414: ['unknown-path', 'The path is too long.'],
  415: ['unsupported-media', 'A body of this type is not read here.'],
};

function transportFailure(exception: unknown): Failure | undefined {
  const known = TRANSPORT[statusOf(exception) ?? 0];
  return known && new Failure(...known);
}

/** @fastify/static responds with 403 to a path outside its folder; missing rights are `Failure`s. */
const NOT_FOUND_STATUSES: ReadonlySet<number | undefined> = new Set([403, 404]);

function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  const { code, statusCode } = (exception ?? {}) as { code?: unknown; statusCode?: unknown };
  // No resource has a path that cannot be decoded.
  if (code === 'FST_ERR_BAD_URL') return 404;
  return typeof code === 'string' && code.startsWith('FST_') && typeof statusCode === 'number'
    ? statusCode
    : undefined;
}
