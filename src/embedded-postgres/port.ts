import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/**
 * A free port below the range of outgoing connections (from 32768 on Linux): while the server is down, no outgoing
 * connection, not even one to itself, may occupy its port.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedPostgresError(
    'The embedded PostgreSQL finds no free port on 127.0.0.1 between 20000 and 32000: set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
