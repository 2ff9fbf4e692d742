import type { QueryConfig, QueryResult } from 'pg';

/** The type of a key's column, as PostgreSQL names it. */
type KeyType = 'integer' | 'bigint' | 'text' | 'citext' | 'timestamptz';

/** A read by a key, written so that one statement answers many keys. */
export interface BatchedRead<Row> {
  readonly name: string;
  readonly text: string;
  readonly keys: number;
  /** Only a type: what a row of the answer looks like. */
  readonly __row?: Row;
}

/**
 * Names a read whose text asks for `{asked}`: a table `asked` with one line for each key, of the columns given here
 * and `n`, the key's number, which each row of the answer must carry.
 */
export function batchedRead<Row>(
  name: string,
  columns: Readonly<Record<string, KeyType>>,
  text: string,
): BatchedRead<Row> {
  // In a subselect, where the planner does not see how many keys there are: it would plan each call anew for just as
  // many, which takes longer than the read itself.
  const arrays = Object.values(columns).map((type, index) => `(SELECT $${index + 1}::${type}[])`);
  const asked = `unnest(${arrays.join(', ')}) WITH ORDINALITY AS asked(${Object.keys(columns).join(', ')}, n)`;
  return { name, text: text.replace('{asked}', asked).replace(/\s+/g, ' ').trim(), keys: arrays.length };
}

interface Asked<Row> {
  readonly key: readonly unknown[];
  readonly rows: Row[];
  readonly resolve: (rows: Row[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Keys of one statement: more would make one answer wait for many others. */
const MOST_KEYS = 64;

/**
 * Lets the reads of one turn of the event loop share a statement. A busy service is asked by many clients in the
 * same turn; PostgreSQL then parses, plans and answers once for all of them, and fewer packets are written, which
 * is the dearest thing that a well-written server does. A read that is alone costs what it always did.
 */
export class BatchedReads {
  private readonly waiting = new Map<BatchedRead<unknown>, Asked<unknown>[]>();

  constructor(private readonly send: (query: QueryConfig) => Promise<QueryResult<{ n: string }>>) {}

  rows<Row extends object>(read: BatchedRead<Row>, key: readonly unknown[]): Promise<Row[]> {
    return new Promise<Row[]>((resolve, reject) => {
      const asked = { key, rows: [], resolve, reject } as unknown as Asked<unknown>;
      const waiting = this.waiting.get(read);
      if (waiting !== undefined) {
        waiting.push(asked);
        if (waiting.length === MOST_KEYS) this.flush(read);
        return;
      }
      this.waiting.set(read, [asked]);
      setImmediate(() => this.flush(read));
    });
  }

  private flush(read: BatchedRead<unknown>): void {
    const all = this.waiting.get(read);
    if (all === undefined) return;
    this.waiting.delete(read);
    const values = Array.from({ length: read.keys }, (_, column) => all.map(({ key }) => key[column]));
    this.send({ name: read.name, text: read.text, values }).then(
      ({ rows }) => {
        for (const row of rows) all[Number(row.n) - 1]?.rows.push(row);
        for (const { resolve, rows: own } of all) resolve(own);
      },
      (error: unknown) => {
        for (const { reject } of all) reject(error);
      },
    );
  }
}
