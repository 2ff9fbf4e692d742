import type { QueryConfig, QueryResult } from 'pg';
import { mayBeOfOne, oneByOne } from './one-by-one.js';
import { Batcher } from './batcher.js';

/** The type of a key's column, as PostgreSQL names it. */
type KeyType = 'boolean' | 'integer' | 'bigint' | 'text' | 'citext' | 'date' | 'timestamptz';

/** A read by a key, written so that one statement answers many keys. */
export interface BatchedRead<Row> {
  readonly name: string;
  readonly text: string;
  readonly keys: number;
  /** How many questions share a statement at most: more would make one answer wait for many others. */
  readonly most: number;
  /** Only a type: what a row of the answer looks like. */
  readonly __row?: Row;
}

/** For reads that answer a row or few. */
const MOST_POINTS = 64;

/**
 * Names a read whose text asks for `{asked}`: a table `asked` with one line for each key, of the columns given here
 * and `n`, the key's number, which each row of the answer must carry.
 */
export function batchedRead<Row>(
  name: string,
  columns: Readonly<Record<string, KeyType>>,
  text: string,
  most = MOST_POINTS,
): BatchedRead<Row> {
  const arrays = Object.values(columns).map((type, index) => listOf(`$${index + 1}`, type));
  const asked = `unnest(${arrays.join(', ')}) WITH ORDINALITY AS asked(${Object.keys(columns).join(', ')}, n)`;
  const whole = text.replace('{asked}', asked).replace(/\s+/g, ' ').trim();
  return { name, text: whole, keys: arrays.length, most };
}

/**
 * A list that PostgreSQL does not look into when it plans. If it did, it would find each list shorter than it had feared
 * and plan every call anew for that, which takes several times as long as the call.
 */
export function listOf(parameter: string, type: string): string {
  return `(SELECT ${parameter}::${type}[])`;
}

interface OptionalQuery<Row> {
  readonly key: readonly unknown[];
  readonly rows: Row[];
  readonly resolve: (rows: Row[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets the reads of one turn of the event loop share a statement. When it fails for what one of them may be to blame
 * for, each is tried by itself: they are different tenants' questions.
 */
export class BatchedReads {
  private readonly turn = new Batcher<BatchedRead<unknown>, OptionalQuery<unknown>>(
    (read, all) => void this.run(read, all),
  );

  constructor(private readonly send: (query: QueryConfig) => Promise<QueryResult<{ n: string }>>) {}

  rows<Row extends object>(read: BatchedRead<Row>, key: readonly unknown[]): Promise<Row[]> {
    return new Promise<Row[]>((resolve, reject) => {
      this.turn.add(read, { key, rows: [], resolve, reject } as unknown as OptionalQuery<unknown>, read.most);
    });
  }

  private run(read: BatchedRead<unknown>, all: readonly OptionalQuery<unknown>[]): Promise<void> {
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
          return oneByOne(all, error, (asked) => this.run(read, [asked]), { abandon: true });
        for (const { reject } of all) reject(error);
        return undefined;
      },
    );
  }
}

/** The values of a batched read that asks for these keys. */
export function keysOf({ keys }: BatchedRead<unknown>, all: readonly (readonly unknown[])[]): unknown[][] {
  return Array.from({ length: keys }, (_, column) => all.map((key) => key[column]));
}
