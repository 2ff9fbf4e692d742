import type { QueryConfig, QueryResult } from 'pg';
import { mayBeOfOne, oneByOne } from './one-by-one.js';
import { Batcher } from './batcher.js';

/** The type of a written column, as PostgreSQL names it. */
type ColumnType = 'integer' | 'text' | 'boolean' | 'timestamp' | 'timestamptz' | 'jsonb';

/** A write of one row, written so that one statement writes many. */
export interface BatchedWrite<Row> {
  readonly name: string;
  readonly text: string;
  /** Only a type: what a row of the answer looks like. */
  readonly __row?: Row;
}

/**
 * Names a write whose text takes its rows from `{asked}`: a table `asked` with one line for each, of the columns given
 * here and `n`, its number. At most one row is answered for each, and it must carry its `n`.
 *
 * Rows must be written in the order of the table's unique keys and then of `n`: two statements that write in different
 * orders could wait for each other.
 */
export function batchedWrite<Row>(
  name: string,
  columns: Readonly<Record<string, ColumnType>>,
  text: string,
): BatchedWrite<Row> {
  const names = Object.keys(columns);
  const typed = names.map((column) => `${column} ${columns[column]}`);
  // One text is written and read several times faster than an array for each column.
  const asked =
    `ROWS FROM (json_to_recordset($1::json) AS (${typed.join(', ')})) WITH ORDINALITY ` +
    `AS asked(${names.join(', ')}, n)`;
  return { name, text: text.replace('{asked}', asked).replace(/\s+/g, ' ').trim() };
}

/** The values of a batched write of these rows. */
export function rowsOf(all: readonly object[]): [string] {
  return [JSON.stringify(all)];
}

/** Rows of one statement. */
const MOST_ROWS = 64;

interface OptionalQuery<Row> {
  readonly values: object;
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets the writes of one turn of the event loop share a statement, and with it the wait for the disk, which is most of
 * what a small write costs. They share nothing else: when the statement is refused, nothing of it was written, and
 * each is tried by itself.
 */
export class BatchedWrites {
  private readonly turn = new Batcher<BatchedWrite<unknown>, OptionalQuery<unknown>>(
    (write, all) => void this.run(write, all),
  );

  constructor(private readonly send: (query: QueryConfig) => Promise<QueryResult<{ n: string }>>) {}

  row<Row extends object>(write: BatchedWrite<Row>, values: object): Promise<Row | undefined> {
    return new Promise<Row | undefined>((resolve, reject) => {
      this.turn.add(write, { values, resolve, reject } as unknown as OptionalQuery<unknown>, MOST_ROWS);
    });
  }

  private run(write: BatchedWrite<unknown>, all: readonly OptionalQuery<unknown>[]): Promise<void> {
    const values = rowsOf(all.map((asked) => asked.values));
    return this.send({ name: write.name, text: write.text, values }).then(
      ({ rows }) => {
        const written = new Map(rows.map((row) => [Number(row.n), row]));
        all.forEach(({ resolve }, index) => resolve(written.get(index + 1)));
      },
      (error: unknown) => {
        if (all.length > 1 && mayBeOfOne(error))
          return oneByOne(all, error, (asked) => this.run(write, [asked]));
        for (const { reject } of all) reject(error);
        return undefined;
      },
    );
  }
}
