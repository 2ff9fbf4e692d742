import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { registerBodyParser } from './body.js';
import type { Cards } from './cards.js';
import { registerDraining } from './draining.js';
import type { FailureFilter } from './failure.filter.js';
import type { Metrics } from './metrics.js';
import { foldSlashes, pathOf, redactTarget } from './path.js';
import type { RouteTable } from './route-table.js';
import { traceOf, type Trace } from './trace.js';

declare module 'node:http' {
  interface IncomingMessage {
    trace?: Trace;
  }
}

export interface ServerOptions {
  readonly logger: Logger;
  readonly trustProxy: boolean | string[];
  readonly requestTimeoutMs: number;
}

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_PARAMETER_LENGTH = 500;
/** What logs and figures say of an answer that did not reach its end, as nginx has it; nobody receives it. */
const CUT_OFF = 499;
/** Longer than a load balancer's usual idle time, so that it is never the server that hangs up first. */
const KEEP_ALIVE_MS = 65_000;

/** The HTTP server beneath Nest: limits, folded paths, request ids. */
export function createAdapter(options: ServerOptions, filter: FailureFilter): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: options.logger as unknown as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: (raw: IncomingMessage) => (raw.trace = traceOf(raw.headers.traceparent)).id,
    rewriteUrl: (raw: IncomingMessage) => foldSlashes(raw.url ?? '/'),
    trustProxy: options.trustProxy,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: options.requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply),
  });
}

/** What happens around every request: its parser, its headers, its line in the log, its figures. */
export function registerHooks(
  server: FastifyInstance,
  cards: Cards,
  routes: RouteTable,
  metrics: Metrics,
): void {
  registerBodyParser(server, cards);
  registerDraining(server);
  server.decorateRequest('caller', null);

  server.addHook('onRoute', ({ url, method }) => {
    // The wildcard is CORS' own, for preflights.
    if (url !== '*') routes.add(url, [method].flat());
  });

  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const { trace } = request.raw;
    if (trace !== undefined) reply.header('traceparent', trace.traceparent);
    // Not Fastify's `onResponse`, which leaves out the requests whose client hangs up.
    reply.raw.once('close', () => tell(request, reply));
    done();
  });

  function tell(request: FastifyRequest, reply: FastifyReply): void {
    const surface = cards.ownerOf(pathOf(request.url)).name;
    const route = request.routeOptions.url ?? 'unmatched';
    const status = reply.raw.writableFinished ? reply.statusCode : CUT_OFF;
    metrics.observe(surface, request.method, route, status, reply.elapsedTime / 1000);
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
