import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cards } from './cards.js';
import type { Metrics } from './metrics.js';
import { pathOf, redactTarget } from './path.js';

/** What nginx writes for a client that hung up before its answer was out. */
const CUT_OFF = 499;

/** Each request's line in the log and its place in the figures. */
export function registerRequestLog(server: FastifyInstance, cards: Cards, metrics: Metrics): void {
  server.addHook('onRequest', (request, reply, done) => {
    // Not Fastify's `onResponse`, which leaves out the requests whose client hangs up.
    reply.raw.once('close', () => tell(request, reply, cards, metrics));
    done();
  });
}

function tell(request: FastifyRequest, reply: FastifyReply, cards: Cards, metrics: Metrics): void {
  const { elapsedTime: milliseconds, statusCode } = reply;
  const { caller, id, method, url } = request;
  const surface = cards.ownerOf(pathOf(url)).name;
  const route = request.routeOptions.url ?? 'unmatched';
  const status = reply.raw.writableFinished ? statusCode : CUT_OFF;
  metrics.observe(surface, method, route, status, milliseconds / 1000);
  request.log.info(
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
