import type { QueryConfig, QueryResult } from 'pg';
import { Batcher } from './batcher.js';
import { mayBeOfOne, oneByOne } from './one-by-one.js';
import { statement, type Statement } from './statement.js';

/** The type of a written column, as PostgreSQL names it. */
type ColumnType = 'integer' | 'text' | 'boolean' | 'timestamp' | 'timestamptz' | 'jsonb';

/** A write of one row, written so that one statement writes many. */
export type BatchedWrite<Row> = Statement<Row>;

/**
 * Names a write whose text takes its rows from `{asked}`: a table `asked` with a row for each, of the columns given here
 * and `n`, its number. It returns at most one row for each, which must carry its `n`.
 *
 * Rows must be written in the order of the table's unique keys and then of `n`: two statements that write in different
 * orders could deadlock.
 */
export function batchedWrite<Row>(
  name: string,
  columns: Readonly<Record<string, ColumnType>>,
  text: string,
): BatchedWrite<Row> {
  const names = Object.keys(columns);
  const typed = names.map((column) => `${column} ${columns[column]}`);
  // One JSON text is written and parsed several times faster than an array for each column.
  const asked =
    `ROWS FROM (json_to_recordset($1::json) AS (${typed.join(', ')})) WITH ORDINALITY ` +
    `AS asked(${names.join(', ')}, n)`;
  return statement(name, text.replace('{asked}', asked));
}

/** The values of a batched write of these rows. */
export function rowsOf(all: readonly object[]): [string] {
  return [JSON.stringify(all)];
}

/** Rows of one statement. */
const MOST_ROWS = 64;

interface PendingWrite<Row> {
  readonly values: object;
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends the writes of one turn of the event loop in one statement, so that they share its commit: waiting for the disk is
 * most of what a small write costs. They share nothing else: when the statement fails, nothing was written, and each is
 * retried by itself.
 */
export class BatchedWrites {
  private readonly batcher = new Batcher<BatchedWrite<unknown>, PendingWrite<unknown>>(
    (write, all) => void this.run(write, all),
  );

  constructor(private readonly send: (query: QueryConfig) => Promise<QueryResult<{ n: string }>>) {}

  row<Row extends object>(write: BatchedWrite<Row>, values: object): Promise<Row | undefined> {
    return new Promise<Row | undefined>((resolve, reject) => {
      this.batcher.add(write, { values, resolve, reject } as unknown as PendingWrite<unknown>, MOST_ROWS);
    });
  }

  private run(write: BatchedWrite<unknown>, all: readonly PendingWrite<unknown>[]): Promise<void> {
    const values = rowsOf(all.map((one) => one.values));
    return this.send({ name: write.name, text: write.text, values }).then(
      ({ rows }) => {
        const written = new Map(rows.map((row) => [Number(row.n), row]));
        all.forEach(({ resolve }, index) => resolve(written.get(index + 1)));
      },
      (error: unknown) => {
        if (all.length > 1 && mayBeOfOne(error)) return oneByOne(all, error, (one) => this.run(write, [one]));
        for (const { reject } of all) reject(error);
        return undefined;
      },
    );
  }
}
