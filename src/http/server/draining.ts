import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Whether the service is shutting down. It keeps serving for a while, but reports that it is not ready. */
export class Draining {
  private begun = false;

  get hasBegun(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }
}

/** How long requests in flight may take during shutdown; the database needs time to stop as well. */
const GRACE_MS = 6_000;
const CHECK_INTERVAL_MS = 50;

/**
 * Lets the server close although clients keep connections open. `close` only closes connections that are idle at that
 * moment, and waits for those with a request in flight and for those that have sent none yet. Here connections are
 * closed as soon as they are idle, and all of them after `GRACE_MS`.
 */
export function registerDraining(fastify: FastifyInstance): void {
  const { server } = fastify;
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });

  fastify.addHook('preClose', (done) => {
    const look = setInterval(() => {
      server.closeIdleConnections();
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    }, CHECK_INTERVAL_MS).unref();
    const end = setTimeout(() => {
      clearInterval(look);
      server.closeAllConnections();
    }, GRACE_MS).unref();
    server.once('close', () => {
      clearInterval(look);
      clearTimeout(end);
    });
    done();
  });
}
