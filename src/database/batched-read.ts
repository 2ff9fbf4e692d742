import type { QueryConfig, QueryResult } from 'pg';
import { Batcher } from './batcher.js';
import { mayBeOfOne, oneByOne } from './one-by-one.js';
import { statement, type Statement } from './statement.js';

/** The type of a key's column, as PostgreSQL names it. */
type KeyType = 'boolean' | 'integer' | 'bigint' | 'text' | 'citext' | 'date' | 'timestamptz';

/** A read by a key, written so that one statement answers many keys. */
export interface BatchedRead<Row> extends Statement<Row> {
  /** How many columns a key has. */
  readonly keys: number;
  /** How many keys share a statement at most: more would make one response wait for many others. */
  readonly most: number;
}

/** For reads that return a row or few. */
const MOST_KEYS = 64;

/**
 * Names a read whose text takes its keys from `{asked}`: a table `asked` with a row for each key, of the columns given
 * here and `n`, the key's number, which each row of the result must carry.
 */
export function batchedRead<Row>(
  name: string,
  columns: Readonly<Record<string, KeyType>>,
  text: string,
  most = MOST_KEYS,
): BatchedRead<Row> {
  const arrays = Object.values(columns).map((type, index) => listOf(`$${index + 1}`, type));
  const asked = `unnest(${arrays.join(', ')}) WITH ORDINALITY AS asked(${Object.keys(columns).join(', ')}, n)`;
  return { ...statement<Row>(name, text.replace('{asked}', asked)), keys: arrays.length, most };
}

/**
 * An array that PostgreSQL does not look into when it plans. If it did, it would find each array shorter than assumed and
 * plan every call anew for that, which takes several times as long as the call.
 */
export function listOf(parameter: string, type: string): string {
  return `(SELECT ${parameter}::${type}[])`;
}

interface PendingRead<Row> {
  readonly key: readonly unknown[];
  readonly rows: Row[];
  readonly resolve: (rows: Row[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends the reads of one turn of the event loop in one statement. They belong to different tenants: when the statement
 * fails for a reason that one of them may have caused, each is retried by itself.
 */
export class BatchedReads {
  private readonly batcher = new Batcher<BatchedRead<unknown>, PendingRead<unknown>>(
    (read, all) => void this.run(read, all),
  );

  constructor(private readonly send: (query: QueryConfig) => Promise<QueryResult<{ n: string }>>) {}

  rows<Row extends object>(read: BatchedRead<Row>, key: readonly unknown[]): Promise<Row[]> {
    return new Promise<Row[]>((resolve, reject) => {
      this.batcher.add(
        read,
        { key, rows: [], resolve, reject } as unknown as PendingRead<unknown>,
        read.most,
      );
    });
  }

  private run(read: BatchedRead<unknown>, all: readonly PendingRead<unknown>[]): Promise<void> {
    const values = keysOf(
      read,
      all.map(({ key }) => key),
    );
    return this.send({ name: read.name, text: read.text, values }).then(
      ({ rows }) => {
        for (const row of rows) all[Number(row.n) - 1]?.rows.push(row);
        for (const { resolve, rows: own } of all) resolve(own);
      },
      (error: unknown) => {
        if (all.length > 1 && mayBeOfOne(error))
          return oneByOne(all, error, (one) => this.run(read, [one]), { abandon: true });
        for (const { reject } of all) reject(error);
        return undefined;
      },
    );
  }
}

/** The values of a batched read of these keys. */
export function keysOf({ keys }: BatchedRead<unknown>, all: readonly (readonly unknown[])[]): unknown[][] {
  return Array.from({ length: keys }, (_, column) => all.map((key) => key[column]));
}
