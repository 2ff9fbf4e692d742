import type { QueryConfig, QueryResult } from 'pg';
import { Batcher } from './batcher.js';
import { mayBeOfOne, oneByOne } from './one-by-one.js';
import { listOfOrganizations } from './row-security.js';
import { statement, type Statement } from './statement.js';

/** A read by key that can be batched into one statement for many keys. */
export interface BatchedRead<Row> extends Statement<Row> {
  /** Number of key columns. The first is that of the organization. */
  readonly keys: number;
  /** Maximum keys per statement, so that a response does not wait for too many others. */
  readonly most: number;
}

/** Default for reads that return few rows per key. */
const MOST_KEYS = 64;

/**
 * Creates a named read whose SQL takes its keys from `{input}`: a table `input` with the given columns and the key number
 * `n`, which every result row must include. The first column is `organization_id`.
 */
export function batchedRead<Row>(
  name: string,
  columns: Readonly<Record<string, string>>,
  text: string,
  most = MOST_KEYS,
): BatchedRead<Row> {
  if (Object.keys(columns)[0] !== 'organization_id')
    throw new Error(`The read ${name} names no organization.`);
  const arrays = Object.values(columns).map((type, index) => listOf(`$${index + 1}`, type));
  const input = `unnest(${arrays.join(', ')}) WITH ORDINALITY AS input(${Object.keys(columns).join(', ')}, n)`;
  return { ...statement<Row>(name, text.replace('{input}', input)), keys: arrays.length, most };
}

/**
 * An array that the planner cannot inspect. Otherwise it would see that each array is shorter than the generic plan
 * assumes and choose a custom plan for every call, which takes several times as long as the execution.
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
 * Sends the reads of one event loop turn in one statement. They belong to different tenants: if the statement fails and
 * a single read may be the cause, each is retried separately.
 */
export class BatchedReads {
  private readonly batchers = new Map<BatchedRead<unknown>, Batcher<PendingRead<unknown>>>();

  constructor(private readonly send: (query: QueryConfig) => Promise<QueryResult<{ n: string }>>) {}

  rows<Row extends object>(read: BatchedRead<Row>, key: readonly unknown[]): Promise<Row[]> {
    return new Promise<Row[]>((resolve, reject) => {
      this.batcherOf(read).add({ key, rows: [], resolve, reject } as unknown as PendingRead<unknown>);
    });
  }

  private batcherOf(read: BatchedRead<unknown>): Batcher<PendingRead<unknown>> {
    const known = this.batchers.get(read);
    if (known !== undefined) return known;
    const batcher = new Batcher<PendingRead<unknown>>((all) => this.run(read, all), { maxSize: read.most });
    this.batchers.set(read, batcher);
    return batcher;
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

/** Parameter values of a batched read. */
export function keysOf({ keys }: BatchedRead<unknown>, all: readonly (readonly unknown[])[]): unknown[] {
  const columns = Array.from({ length: keys }, (_, column) => all.map((key) => key[column]));
  return [...columns, listOfOrganizations(all.map(([organizationId]) => organizationId))];
}
