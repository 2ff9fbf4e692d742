import { readFileSync } from 'node:fs';
import type { Config } from '../config/config.js';
import { PIPELINED_CONNECTION_COUNT, SEARCH_COUNT, STREAM_COUNT } from '../database/connection.js';
import { StartError } from './start-error.js';

/** Node.js itself, the log, the port, the embedded database's pipes, the listener, a few files and deliveries. */
const RESERVED = 30;

/** With fewer clients at a time a service is of little use. */
const FEWEST_CLIENTS = 8;

/**
 * How many clients may be connected at a time, so that what this process may open leaves enough for the database: further
 * ones are disconnected at once. `undefined` where the system tells no limit.
 */
export function clientLimit(config: Pick<Config, 'databasePoolSize'>): number | undefined {
  return clientsWithin(openFileLimit(), config);
}

/** The same for a known limit of open files. */
export function clientsWithin(
  limit: number | undefined,
  { databasePoolSize }: Pick<Config, 'databasePoolSize'>,
): number | undefined {
  if (limit === undefined) return undefined;
  const needed = RESERVED + databasePoolSize + PIPELINED_CONNECTION_COUNT + STREAM_COUNT + SEARCH_COUNT;
  if (limit < needed + FEWEST_CLIENTS) {
    throw new StartError(
      `This process may open ${limit} files; with DATABASE_POOL_SIZE ${databasePoolSize} it needs at least ` +
        `${needed + FEWEST_CLIENTS}: raise the limit (ulimit -n).`,
    );
  }
  return limit - needed;
}

/** Linux tells it here; Node.js has already raised it as far as it may. */
function openFileLimit(): number | undefined {
  try {
    const found = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return found === null ? undefined : Number(found[1]);
  } catch {
    return undefined;
  }
}
