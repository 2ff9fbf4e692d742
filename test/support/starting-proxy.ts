import type { Socket } from 'node:net';
import { fatalError, PostgresProxy } from './postgres-proxy.js';

/**
 * A proxy before PostgreSQL that answers, until it is told otherwise, as a server does that restores its files after a
 * crash.
 */
export class StartingProxy extends PostgresProxy {
  hasStarted = false;
  /** Number of connections refused so far. */
  refused = 0;

  static before(databaseUrl: string): Promise<StartingProxy> {
    return PostgresProxy.start(databaseUrl, (server, url) => new StartingProxy(server, url));
  }

  protected forward(client: Socket, postgres: Socket): void {
    if (this.hasStarted) {
      client.pipe(postgres);
      postgres.pipe(client);
      return;
    }
    this.refused++;
    client.once('data', () => client.end(STARTING));
  }
}

const STARTING = fatalError('57P03', 'the database system is starting up');
