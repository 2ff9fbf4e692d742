import type { Socket } from 'node:net';
import { PostgresProxy } from './postgres-proxy.js';

/** A proxy between the service and PostgreSQL that can stop forwarding: connections stay open and no byte arrives. */
export class StallingProxy extends PostgresProxy {
  private isStalled = false;

  static before(databaseUrl: string): Promise<StallingProxy> {
    return PostgresProxy.start(databaseUrl, (server, url) => new StallingProxy(server, url));
  }

  stall(): void {
    this.isStalled = true;
    for (const socket of this.sockets) socket.pause();
  }

  resume(): void {
    this.isStalled = false;
    for (const socket of this.sockets) socket.resume();
  }

  protected forward(client: Socket, postgres: Socket): void {
    for (const [from, to] of [
      [client, postgres],
      [postgres, client],
    ] as const) {
      from.on('data', (bytes) => to.write(bytes));
      if (this.isStalled) from.pause();
    }
  }
}
