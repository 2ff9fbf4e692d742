import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Caller } from '../../core/caller.js';
import type { Dialects } from '../dialects.js';
import type { Metrics } from './metrics.js';
import { pathOf, redactTarget } from '../path.js';

/** The status in logs and metrics if the client disconnects before the response is complete, as in nginx. */
export const CLIENT_CLOSED_REQUEST = 499;

/** A request after its response. */
interface CompletedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** These are missing for a request that could not be parsed. */
  readonly route?: string | undefined;
  readonly milliseconds?: number;
  readonly caller?: Caller | null;
}

/** Adds the request id to responses, and writes the log entry and metrics of every request. */
export class AccessLog {
  constructor(
    private readonly dialects: Dialects,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  begin(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('x-request-id', request.id);
    const { trace } = request.raw;
    if (trace !== undefined) reply.header('traceparent', trace.traceparent);
    // Fastify's `onResponse` is not called if the client disconnects.
    reply.raw.once('close', () => this.end(request, reply));
  }

  private end(request: FastifyRequest, reply: FastifyReply): void {
    const { elapsedTime: milliseconds, statusCode } = reply;
    const { caller, id, method, url } = request;
    const status = reply.raw.writableFinished ? statusCode : CLIENT_CLOSED_REQUEST;
    this.write({
      id,
      method,
      url,
      route: request.routeOptions.url,
      status,
      milliseconds,
      caller,
    });
  }

  write({ id, method, url, status, route = 'unmatched', milliseconds = 0, caller }: CompletedRequest): void {
    const surface = this.dialects.ownerOf(pathOf(url)).name;
    this.metrics.observe(surface, method, route, status, milliseconds / 1000);
    this.logger.info(
      {
        request_id: id,
        surface,
        method,
        path: redactTarget(url),
        route,
        status,
        duration_ms: Math.round(milliseconds * 1000) / 1000,
        organization_id: caller?.organizationId,
        credential_id: caller?.credentialId,
      },
      'request',
    );
  }
}
