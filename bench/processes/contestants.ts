import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PIPELINED_CONNECTION_COUNT, STREAM_COUNT } from '../../src/database/connection.js';
import { APP_SECRET } from './app-secret.js';
import { rssMbOf } from './process-figures.js';
import { startServer, type ServerProcess } from './server-process.js';

/** A server that is measured. */
export interface Contestant {
  /**
   * `raw` and `batched` are the raw peer, with a statement for each request or with shared ones; `other` is another
   * checkout of ours.
   */
  readonly name: 'ours' | 'raw' | 'batched' | 'other';
  readonly server: ServerProcess;
  /** Memory when it was ready and had served nothing. */
  readonly idleMb: number;
}

/** Where the servers find their database and write their logs. */
export interface Ground {
  /** As the owner of the tables, for the raw peers. */
  readonly url: string;
  /** With the role that serves. */
  readonly servingUrl: string;
  readonly folder: string;
  /** Of `node`. */
  readonly nodeOptions: readonly string[];
  /** The folder of the other checkout. */
  readonly against: string | undefined;
  /** How many processes of ours serve. */
  readonly processes: number;
}

export async function startContestant(name: Contestant['name'], ground: Ground): Promise<Contestant> {
  const { url, servingUrl, folder, nodeOptions, against, processes } = ground;
  const server = await (name === 'ours' || name === 'other'
    ? startOurs(servingUrl, folder, nodeOptions, {
        checkout: name === 'other' ? against : undefined,
        processes,
      })
    : startPeer(name, url, folder, nodeOptions));
  return { name, server, idleMb: rssMbOf(server.pid) };
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
  { checkout, processes = 1 }: { checkout?: string | undefined; processes?: number } = {},
): Promise<ServerProcess> {
  return startServer({
    name: checkout === undefined ? 'ours' : 'other',
    arguments: [...nodeOptions, ...npmStartOptions(checkout), join(checkout ?? '.', 'dist/src/main.js')],
    environment: {
      DATABASE_URL: url,
      APP_SECRET,
      PROCESSES: String(processes),
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

/** The options that `npm start` gives to Node. */
function npmStartOptions(checkout = '.'): string[] {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** The raw peer, with the same options and as many connections as ours. */
function startPeer(
  name: 'raw' | 'batched',
  url: string,
  folder: string,
  nodeOptions: readonly string[],
): Promise<ServerProcess> {
  return startServer({
    name,
    arguments: [...nodeOptions, ...npmStartOptions(), 'dist/bench/raw-peer.js'],
    environment: {
      DATABASE_URL: url,
      PUBLIC_URL,
      PEER: name,
      CONNECTIONS: String(CONNECTIONS),
      STREAM_CONNECTIONS: String(STREAM_CONNECTIONS),
    },
    channel: true,
    folder,
  });
}
