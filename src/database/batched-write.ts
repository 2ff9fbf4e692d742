import type { QueryConfig, QueryResult } from 'pg';
import { Batcher } from './batcher.js';
import { mayBeOfOne, oneByOne } from './one-by-one.js';
import { listOfOrganizations } from './row-security.js';
import { statement, type Statement } from './statement.js';

/** A single-row write that can be batched into one statement. */
export type BatchedWrite<Row> = Statement<Row>;

/**
 * Creates a named write whose SQL reads its input from `{input}`: a table `input` with the given columns and the row
 * number `n`. It must return at most one row per input row, including its `n`.
 *
 * Rows must be written in the order of the table's unique keys and then of `n`: statements that write in different orders
 * could deadlock. `columns` are PostgreSQL types by name, as in `columnTypes`.
 */
export function batchedWrite<Row>(
  name: string,
  columns: Readonly<Record<string, string>>,
  text: string,
): BatchedWrite<Row> {
  const names = Object.keys(columns);
  const typed = names.map((column) => `${column} ${columns[column]}`);
  // A single JSON parameter is several times faster to serialize and parse than one array per column.
  const input =
    `ROWS FROM (json_to_recordset($1::json) AS (${typed.join(', ')})) WITH ORDINALITY ` +
    `AS input(${names.join(', ')}, n)`;
  return statement(name, text.replace('{input}', input));
}

/** The values of a row by column. */
export interface BatchedRow {
  readonly organization_id: number;
  readonly [column: string]: unknown;
}

/** Parameter values of a batched write. */
export function rowsOf(all: readonly BatchedRow[]): [rows: string, organizations: string] {
  return [JSON.stringify(all), listOfOrganizations(all.map(({ organization_id }) => organization_id))];
}

/** Maximum rows per statement. */
const MOST_ROWS = 64;

interface PendingWrite<Row> {
  readonly values: BatchedRow;
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends the writes of one event loop turn in one statement, so that they share a commit: the disk flush is most of the
 * cost of a small write. If the statement fails, nothing was written and each write is retried separately.
 */
export class BatchedWrites {
  private readonly batchers = new Map<BatchedWrite<unknown>, Batcher<PendingWrite<unknown>>>();

  constructor(private readonly send: (query: QueryConfig) => Promise<QueryResult<{ n: string }>>) {}

  row<Row extends object>(write: BatchedWrite<Row>, values: BatchedRow): Promise<Row | undefined> {
    return new Promise<Row | undefined>((resolve, reject) => {
      this.batcherOf(write).add({ values, resolve, reject } as unknown as PendingWrite<unknown>);
    });
  }

  private batcherOf(write: BatchedWrite<unknown>): Batcher<PendingWrite<unknown>> {
    const known = this.batchers.get(write);
    if (known !== undefined) return known;
    const batcher = new Batcher<PendingWrite<unknown>>((all) => this.run(write, all), { maxSize: MOST_ROWS });
    this.batchers.set(write, batcher);
    return batcher;
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
