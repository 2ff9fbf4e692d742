import { join } from 'node:path';
import { PIPELINED_CONNECTION_COUNT, STREAM_COUNT } from '../../src/database/connection.js';
import { APP_SECRET } from './app-secret.js';
import { startServer, type ServerProcess } from './server-process.js';

export interface Contestants {
  readonly ours: ServerProcess;
  readonly raw: ServerProcess;
}

/** The default size of our pool, see `src/config/config.ts`. */
const POOL_SIZE = 8;

/** Connections of each for short statements: ours are pipelined ones and a pool for transactions. */
export const CONNECTIONS = PIPELINED_CONNECTION_COUNT + POOL_SIZE;
export const STREAM_CONNECTIONS = STREAM_COUNT;

/** Both have the same public URL, so that their links are equal. */
const PUBLIC_URL = 'http://localhost:3000';

/** Ours, exactly as shipped, but with rate limits too high to be reached. */
export function startOurs(
  url: string,
  folder: string,
  nodeOptions: readonly string[],
  checkout?: string,
): Promise<ServerProcess> {
  return startServer({
    name: checkout === undefined ? 'ours' : 'other',
    arguments: [...nodeOptions, join(checkout ?? '.', 'dist/src/main.js')],
    environment: {
      DATABASE_URL: url,
      APP_SECRET,
      PUBLIC_URL,
      TRAINING_RATE_LIMIT: '1000000000',
      COMPANIES_RATE_LIMIT: '1000000000',
      SPACES_RATE_LIMIT: '1000000000',
      POLLS_RATE_LIMIT: '1000000000',
      REALMS_RATE_LIMIT: '1000000000',
      LOG_FORMAT: 'json',
    },
    channel: false,
    folder,
  });
}

/** The raw peer, with as many connections as ours. */
export function startRaw(
  url: string,
  folder: string,
  nodeOptions: readonly string[],
): Promise<ServerProcess> {
  return startServer({
    name: 'raw',
    arguments: [...nodeOptions, 'dist/bench/raw-peer.js'],
    environment: {
      DATABASE_URL: url,
      PUBLIC_URL,
      CONNECTIONS: String(CONNECTIONS),
      STREAM_CONNECTIONS: String(STREAM_CONNECTIONS),
    },
    channel: true,
    folder,
  });
}
