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
/** A connection on which nothing moves while a request is under way: its reader went away without a word. */
const SILENCE_MS = 60_000;
/** Longer than a load balancer's usual idle time, so that it is never the server that hangs up first. */
const KEEP_ALIVE_MS = 65_000;
/** How often requests are looked for that take too long to arrive. */
const LOOK_EVERY_MS = 500;

/** The HTTP server beneath Nest: limits, folded paths, request ids. */
export function createAdapter(
  options: ServerOptions,
  filter: FailureFilter,
  line: AccessLog,
): FastifyAdapter {
  const { requestTimeoutMs } = options;
  const clientErrors = new ClientErrors(filter, line);
  const settings: FastifyHttpOptions<Server> & { skipMiddie: boolean } = {
    // Nest's middleware is not used here, and its hook would run for every request.
    skipMiddie: true,
    loggerInstance: options.logger as unknown as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Lines carry their request's id themselves: a logger of its own for each request costs more than the line.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    genReqId: (raw: IncomingMessage) => (raw.trace = traceOf(raw.headers.traceparent)).id,
    rewriteUrl: (raw: IncomingMessage) => foldSlashes(raw.url ?? '/'),
    trustProxy: options.trustProxy,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: requestTimeoutMs,
    // Fastify sets its limit when the server is made already, and Node would look every half minute.
    http: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: LOOK_EVERY_MS,
    },
    clientErrorHandler: (error, socket) => clientErrors.answer(error as Error, socket),
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: SILENCE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // A path that cannot be decoded meets no hook.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      line.begin(request, reply);
      filter.answer(error, request, reply);
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

/** What happens around every request. */
export function registerHooks(
  server: FastifyInstance,
  dialects: Dialects,
  routes: RouteTable,
  line: AccessLog,
  draining: Draining,
): void {
  registerBodyParser(server, dialects);
  registerDraining(server);
  server.decorateRequest('caller', null);

  server.addHook('onRoute', ({ url, method }) => {
    // The wildcard is CORS' own, for preflights.
    if (url !== '*') routes.add(url, [method].flat());
  });

  server.addHook('onRequest', (request, reply, done) => {
    line.begin(request, reply);
    if (draining.hasBegun) reply.header('connection', 'close');
    const { raw } = request;
    if (hasBody(raw)) raw.socket.withBody = raw;
    if (namesHostTwice(raw)) done(new Failure('malformed', 'The request names more than one host.'));
    else done();
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** Who reads the first and who reads the last would take such a request for another; RFC 9112 refuses it. */
function namesHostTwice({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}
