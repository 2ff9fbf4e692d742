import type { IncomingMessage, Server } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  LogController,
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import type { Caller } from '../../core/caller.js';
import { Failure } from '../../core/failure.js';
import type { AllowedHosts } from './allowed-hosts.js';
import { registerBodyParser } from './body.js';
import type { Dialects } from '../dialects.js';
import { ClientErrors } from './client-errors.js';
import { registerDraining, type Draining } from './draining.js';
import type { FailureFilter } from './failure.filter.js';
import { foldSlashes } from '../path.js';
import type { AccessLog } from './access-log.js';
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
/** A connection without any traffic during a request is considered dead. */
const INACTIVITY_MS = 60_000;
/** Longer than the usual idle timeout of load balancers, so that the server never closes first. */
const KEEP_ALIVE_MS = 65_000;
/** How often Node checks for requests that take too long to arrive. */
const CHECK_INTERVAL_MS = 500;

/** The HTTP server: limits, folding of repeated slashes, request ids. */
export function createAdapter(
  options: ServerOptions,
  filter: FailureFilter,
  accessLog: AccessLog,
): FastifyAdapter {
  const { requestTimeoutMs } = options;
  const clientErrors = new ClientErrors(filter, accessLog);
  const settings: FastifyHttpOptions<Server> & { skipMiddie: boolean } = {
    // No Nest middleware is used, and its hook would run for every request.
    skipMiddie: true,
    loggerInstance: options.logger as unknown as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Entries include the request id explicitly: creating a child logger per request costs more than logging.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    genReqId: (raw: IncomingMessage) => (raw.trace = traceOf(raw.headers.traceparent)).id,
    rewriteUrl: (raw: IncomingMessage) => foldSlashes(raw.url ?? '/'),
    trustProxy: options.trustProxy,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: requestTimeoutMs,
    // Fastify sets `requestTimeout` only after creating the server, and by default Node checks every 30 seconds.
    http: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
    },
    clientErrorHandler: (error, socket) => clientErrors.respond(error as Error, socket),
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: INACTIVITY_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // No hook runs for a path that cannot be decoded.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      accessLog.begin(request, reply);
      filter.respond(error, request, reply);
    },
  };
  return new FastifyAdapter(settings);
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes this request; set by the guard on routes that require a credential. */
    caller: Caller | null;
  }
}

export function registerHooks(
  server: FastifyInstance,
  dialects: Dialects,
  routes: RouteTable,
  accessLog: AccessLog,
  draining: Draining,
  hosts: AllowedHosts,
): void {
  registerBodyParser(server, dialects);
  registerDraining(server);
  server.decorateRequest('caller', null);

  server.addHook('onRoute', ({ url, method }) => {
    // The wildcard route is that of @fastify/cors, for preflights.
    if (url !== '*') routes.add(url, [method].flat());
  });

  server.addHook('onRequest', (request, reply, done) => {
    accessLog.begin(request, reply);
    if (draining.hasBegun) reply.header('connection', 'close');
    const { raw } = request;
    raw.socket.lastResponse = reply.raw;
    if (hasBody(raw)) raw.socket.withBody = raw;
    if (namesHostTwice(raw)) done(new Failure('malformed', 'The request names more than one host.'));
    else if (hosts.allow(request)) done();
    else done(new Failure('malformed', 'This host name is not one of the service.'));
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** Proxy and server may use different ones of several `Host` headers; RFC 9112 requires rejecting such a request. */
function namesHostTwice({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}
