import fc, { type Arbitrary } from 'fast-check';
import type { CredentialsRepository } from '../openapi/caller.js';
import type { Rows } from '../openapi/rows.js';
import type { KnownValues } from '../openapi/sound-values.js';
import type { TestApp } from '../app.js';

/** What a document's calls are made in: a tenant with a credential and a few rows to begin with. */
export interface World {
  readonly rows: Rows;
  readonly credentials: CredentialsRepository;
  readonly wrongCredentials: CredentialsRepository;
  /** Values for fields that refer to rows, by name. */
  readonly references: KnownValues;
  /** Values for fields that schema and example leave too wide for many sound calls: times in order, unused names. */
  readonly steered?: KnownValues;
  /** Fields of bodies that have to fit together, by operation. */
  readonly bodies?: Readonly<Record<string, Arbitrary<object>>>;
  /** Fields of an operation's example that cannot hold here: unique names that are taken, ids of other rows. */
  readonly exampleExceptions?: Readonly<Record<string, object>>;
  /** What has to be there before an operation's calls, by operation. */
  readonly before?: Readonly<Record<string, () => Promise<unknown>>>;
  /** Operations after which a row serves nobody any more, beside `DELETE`. */
  readonly endings?: readonly string[];
}

/** `hookAddress` is the one receiver of web hooks: nothing is ever sent elsewhere. */
export type WorldMaker = (app: TestApp, hookAddress: string) => Promise<World>;

export const bearing =
  (authorization: string): CredentialsRepository =>
  () => ({ authorization });

export const one = (...values: readonly unknown[]): Arbitrary<unknown> => fc.constantFrom(...values);

export const ZONES = one('Europe/Berlin', 'America/New_York', 'UTC', 'Pacific/Apia');
