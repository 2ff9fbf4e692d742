import pg, { type Pool } from 'pg';
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
import { TypeOrmPool } from './typeorm-pool.js';

/** All PostgreSQL connections of a process. */
export interface OpenDatabase {
  readonly dataSource: DataSource;
  readonly database: Database;
  readonly listener: Listener;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Connects, and fails if the database is unreachable. Later, lost connections are reopened automatically. */
export async function openDatabase(
  options: DatabaseOptions,
  createDataSource: (driver: object) => DataSource,
  onLost: (error: Error) => void,
): Promise<OpenDatabase> {
  const config = clientConfig(options);
  const pool = new pg.Pool({ ...config, max: options.poolSize });
  pool.on('error', onLost);
  const pipelined = new PipelinedConnections(
    { ...config, query_timeout: 0 },
    PIPELINED_CONNECTION_COUNT,
    silenceLimit(options),
    onLost,
  );
  const streams = new Streams(config, STREAM_COUNT, onLost);
  const searches = new Searches(config, SEARCH_COUNT, onLost);
  const listener = new Listener({ ...config, application_name: 'quintet listener' });
  const typeOrm = new TypeOrmPool(pipelined, pool);
  const dataSource = createDataSource(typeOrm.driver);
  const close = async (): Promise<void> => {
    await Promise.allSettled([listener.close(), streams.close(), searches.close(), dataSource.destroy()]);
    await Promise.allSettled([pipelined.close(), pool.end()]);
  };
  try {
    await pipelined.open();
    await dataSource.initialize();
  } catch (error) {
    await close();
    throw error;
  }
  const runner = dataSource.createQueryRunner();
  return {
    dataSource,
    database: new Database(runner, pipelined, pool, streams, searches, typeOrm),
    listener,
    pool,
    close,
  };
}
