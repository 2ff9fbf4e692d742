import type { Socket } from 'node:net';
import { fatalError, PostgresProxy } from './postgres-proxy.js';

/**
 * A proxy between the service and PostgreSQL that ends sessions right after a response: the server's message that it
 * ended the session is in one packet with the response, as when it is stopped or the session is terminated.
 */
export class EndingProxy extends PostgresProxy {
  /** One in this many responses is the last of its session; 0 ends no session. */
  every = 0;
  /** Number of sessions ended so far. */
  ended = 0;
  private answers = 0;

  static before(databaseUrl: string): Promise<EndingProxy> {
    return PostgresProxy.start(databaseUrl, (server, url) => new EndingProxy(server, url));
  }

  protected forward(client: Socket, postgres: Socket): void {
    client.on('data', (bytes) => postgres.write(bytes));
    postgres.on('data', (bytes) => {
      if (!this.isLast(bytes)) client.write(bytes);
      else {
        client.end(Buffer.concat([bytes, SESSION_ENDED]));
        postgres.removeAllListeners('data').resume();
      }
    });
  }

  private isLast(bytes: Buffer): boolean {
    // A response ends with `ReadyForQuery`: five bytes and the transaction status.
    if (!bytes.subarray(-6, -1).equals(READY_FOR_QUERY)) return false;
    if (this.every === 0 || ++this.answers % this.every !== 0) return false;
    this.ended++;
    return true;
  }
}

const READY_FOR_QUERY = Buffer.from([0x5a, 0, 0, 0, 5]);

const SESSION_ENDED = fatalError('57P01', 'terminating connection due to administrator command');
