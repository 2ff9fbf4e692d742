import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Whether the service is about to end. It serves on for a while, but is not ready for more. */
export class Draining {
  private begun = false;

  get hasBegun(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }
}

/** How long requests in flight may take once the service has been told to end; the database needs time to end too. */
const GRACE_MS = 6_000;
const LOOK_EVERY_MS = 50;

/**
 * Lets the server end although clients keep their connections. Node closes those that are idle at the moment of
 * `close` and waits for all others: for ones whose request ends afterwards, and for ones that were opened ahead and
 * have asked nothing yet. Here they are closed as soon as they carry no request, and all of them after a while.
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
    }, LOOK_EVERY_MS).unref();
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
