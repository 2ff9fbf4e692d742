import type { Pool, PoolClient } from 'pg';

/**
 * Whether there is a connection pooler in transaction mode, where a client may get another server connection after each
 * transaction. Two clients run transactions in different orders and compare their backend pids.
 */
export async function looksThroughTransactionPooler(pool: Pool): Promise<boolean> {
  const [first, second] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    const before = [await backendOf(first), await backendOf(second)];
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      for (const client of order) await client.query('BEGIN');
      const now = [await backendOf(first), await backendOf(second)];
      for (const client of [first, second]) await client.query('COMMIT');
      if (now[0] !== before[0] || now[1] !== before[1]) return true;
    }
    return false;
  } finally {
    first.release();
    second.release();
  }
}

async function backendOf(client: PoolClient): Promise<number | undefined> {
  return (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
}
