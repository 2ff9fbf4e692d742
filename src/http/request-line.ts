import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Cards } from './cards.js';
import type { Metrics } from './metrics.js';
import { pathOf, redactTarget } from './path.js';

/** What logs and figures say of an answer that did not reach its end, as nginx has it; nobody receives it. */
const CUT_OFF = 499;

/** What every request leaves behind: its id in the answer, its line in the log, its figures. */
export class RequestLine {
  constructor(
    private readonly cards: Cards,
    private readonly metrics: Metrics,
  ) {}

  begin(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('x-request-id', request.id);
    const { trace } = request.raw;
    if (trace !== undefined) reply.header('traceparent', trace.traceparent);
    // Not Fastify's `onResponse`, which leaves out the requests whose client hangs up.
    reply.raw.once('close', () => this.end(request, reply));
  }

  private end(request: FastifyRequest, reply: FastifyReply): void {
    const surface = this.cards.ownerOf(pathOf(request.url)).name;
    const route = request.routeOptions.url ?? 'unmatched';
    const status = reply.raw.writableFinished ? reply.statusCode : CUT_OFF;
    this.metrics.observe(surface, request.method, route, status, reply.elapsedTime / 1000);
    request.log.info(
      {
        surface,
        method: request.method,
        path: redactTarget(request.url),
        route,
        status,
        duration_ms: Math.round(reply.elapsedTime * 1000) / 1000,
        organization_id: request.caller?.organizationId,
        credential_id: request.caller?.credentialId,
      },
      'request',
    );
  }
}
