/**
 * A minimal service that embedded-postgres.e2e.ts runs as a separate process: starts the embedded PostgreSQL
 * of the given folder, writes rows until it exits, and prints each event as a line of JSON.
 */
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';

const say = (what: object): void => {
  process.stdout.write(`${JSON.stringify(what)}\n`);
};

/** Inserts one row after another; prints a row once its commit is acknowledged. */
async function write(url: string): Promise<void> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS acknowledged (id bigint GENERATED ALWAYS AS IDENTITY)');
  for (;;) {
    const { rows } = await client.query<{ id: string }>(
      'INSERT INTO acknowledged DEFAULT VALUES RETURNING id',
    );
    say({ row: Number(rows[0]?.id) });
  }
}

try {
  const embedded = await startEmbeddedPostgres({
    dataDir: process.argv[2] ?? '',
    log: (line) => say({ log: line }),
  });
  say({ ready: embedded.url, dataDir: embedded.dataDir });
  let ending = false;
  const end = (): void => {
    ending = true;
    // As in the real service: finish what is running first.
    setTimeout(() => void embedded.stop().then(() => process.exit(0)), 300);
  };
  process.on('SIGINT', () => {
    say({ interrupted: true });
    end();
  });
  process.on('SIGTERM', end);
  if (process.argv[3] === 'write') {
    await write(embedded.url).catch((error: unknown) => {
      say({ writing: ending ? 'ended' : String(error) });
    });
  }
} catch (error) {
  say({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  process.exitCode = 1;
}
