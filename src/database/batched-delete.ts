import { acrossOrganizations, statement, type Statement } from './statement.js';

/** Most rows that a statement deletes, so that it holds its locks for a short time. */
export const DELETE_BATCH = 2000;

/** A statement that deletes up to a batch of rows and returns how many; see `StatementRepository.deleteInBatches`. */
export type BatchedDelete = Statement<{ deleted: number }>;

/** `rows` is a condition, perhaps with an order; of all organizations. Concurrent processes delete different rows. */
export function batchedDelete(
  name: string,
  { table, key, rows }: { readonly table: string; readonly key: string; readonly rows: string },
): BatchedDelete {
  return acrossOrganizations(
    statement(
      name,
      `WITH gone AS (
         DELETE FROM ${table} WHERE (${key}) IN (
           SELECT ${key} FROM ${table}
            WHERE ${rows} LIMIT ${DELETE_BATCH} FOR UPDATE SKIP LOCKED)
         RETURNING 1)
       SELECT count(*)::integer AS deleted FROM gone`,
    ),
  );
}
