import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import {
  clientConfig,
  PIPELINED_CONNECTION_COUNT,
  SEARCH_COUNT,
  silenceLimit,
  STREAM_COUNT,
  type DatabaseOptions,
} from './connection.js';
import { Database } from './database.js';
import { PipelinedConnections } from './pipelined-connections.js';
import { Listener } from './listener.js';
import { Searches } from './searches.js';
import { Streams } from './streams.js';

/** Everything of a process that is connected to PostgreSQL. */
export interface OpenDatabase {
  readonly dataSource: DataSource;
  readonly database: Database;
  readonly listener: Listener;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Connects. Fails where the database cannot be reached; once open, lost connections come back by themselves. */
export async function openDatabase(
  dataSource: DataSource,
  options: DatabaseOptions,
  onLost: (error: Error) => void,
): Promise<OpenDatabase> {
  const config = clientConfig(options);
  await dataSource.initialize();
  const pool = (dataSource.driver as unknown as { readonly master: Pool }).master;
  const lanes = new PipelinedConnections(
    { ...config, query_timeout: 0 },
    PIPELINED_CONNECTION_COUNT,
    silenceLimit(options),
    onLost,
  );
  const streams = new Streams(config, STREAM_COUNT, onLost);
  const searches = new Searches(config, SEARCH_COUNT, onLost);
  const listener = new Listener({ ...config, application_name: 'quintet listener' });
  await lanes.open();
  return {
    dataSource,
    database: new Database(lanes, pool, streams, searches),
    listener,
    pool,
    close: async () => {
      await Promise.allSettled([
        listener.close(),
        lanes.close(),
        streams.close(),
        searches.close(),
        dataSource.destroy(),
      ]);
    },
  };
}
