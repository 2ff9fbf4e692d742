import type { Socket } from 'node:net';
import { PostgresProxy } from './postgres-proxy.js';

/** A proxy before PostgreSQL that answers, until it is told otherwise, as a server does that restores its files after a crash. */
export class StartingProxy extends PostgresProxy {
  hasStarted = false;
  /** Number of connections refused so far. */
  refused = 0;

  static before(databaseUrl: string): Promise<StartingProxy> {
    return PostgresProxy.start(databaseUrl, (server, url) => new StartingProxy(server, url));
  }

  protected join(client: Socket, postgres: Socket): void {
    for (const socket of [client, postgres]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        postgres.destroy();
        this.sockets.delete(socket);
      });
    }
    if (this.hasStarted) {
      client.pipe(postgres);
      postgres.pipe(client);
      return;
    }
    this.refused++;
    client.once('data', () => client.end(STARTING));
  }
}

const STARTING = ((): Buffer => {
  const fields = 'SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0';
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
})();
