import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure } from '../../core/failure.js';
import { pathOf } from '../path.js';
import type { FailureFilter } from './failure.filter.js';
import type { RouteTable } from './route-table.js';

/**
 * Responds to OPTIONS with the methods of the path. Where other origins are served, preflights are left to
 * @fastify/cors, which would reject all others; so this has to be registered before it.
 */
export function registerOptions(
  server: FastifyInstance,
  routes: RouteTable,
  filter: FailureFilter,
  servesOtherOrigins: boolean,
): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS' || (servesOtherOrigins && isPreflight(request))) return done();
    const allow = routes.methodsOf(pathOf(request.url));
    if (allow.length === 0) {
      // Not by `done`: the route is that of @fastify/cors, whose errors do not reach the filter.
      filter.respond(new Failure('unknown-path', 'There is nothing at this path.'), request, reply);
      return;
    }
    void reply.status(204).header('allow', allow.join(', ')).send();
  });
}

function isPreflight({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}
