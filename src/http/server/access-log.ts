import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Caller } from '../../core/caller.js';
import type { Dialects } from '../dialects.js';
import type { Metrics } from './metrics.js';
import { pathOf, redactTarget } from '../path.js';

/** What logs and figures say of an answer that did not reach its end, as nginx has it; nobody receives it. */
const CUT_OFF = 499;

/** What is known of a request when it is over. */
interface Ended {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** The rest is missing of one that could not be read. */
  readonly route?: string | undefined;
  readonly milliseconds?: number;
  readonly caller?: Caller | null;
}

/** What every request leaves behind: its id in the answer, its line in the log, its figures. */
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
    // Not Fastify's `onResponse`, which leaves out the requests whose client hangs up.
    reply.raw.once('close', () => this.end(request, reply));
  }

  private end(request: FastifyRequest, reply: FastifyReply): void {
    const { elapsedTime: milliseconds, statusCode } = reply;
    const { caller, id, method, url } = request;
    const status = reply.raw.writableFinished ? statusCode : CUT_OFF;
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

  write({ id, method, url, status, route = 'unmatched', milliseconds = 0, caller }: Ended): void {
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
