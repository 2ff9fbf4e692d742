import type { TestApp } from './app.js';

/** Deletes a row, holds its lock until `work` waits for it, then commits. */
export async function whileDeleting<T>(
  { open: { pool } }: TestApp,
  deletion: string,
  id: number | string,
  work: () => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(deletion, [id]);
    const done = work();
    for (let attempt = 0; ; attempt++) {
      const { rowCount } = await pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (rowCount !== null && rowCount > 0) break;
      if (attempt === 200) throw new Error('Nothing came to wait for the deletion.');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await client.query('COMMIT');
    return await done;
  } finally {
    client.release();
  }
}
