import fc, { type Arbitrary } from 'fast-check';
import type { CredentialsRepository } from '../openapi/caller.js';
import type { Rows } from '../openapi/rows.js';
import type { KnownValues } from '../openapi/sound-values.js';
import type { TestApp } from '../app.js';

/** The fixture for a document's calls: a tenant with a credential and a few rows. */
export interface World {
  readonly rows: Rows;
  readonly credentials: CredentialsRepository;
  readonly wrongCredentials: CredentialsRepository;
  /** Values for fields that refer to rows, by name. */
  readonly references: KnownValues;
  /** Values for fields whose schema and example give too few valid calls: times in order, unused names. */
  readonly steered?: KnownValues;
  /** Fields of bodies that must be consistent, by operation. */
  readonly bodies?: Readonly<Record<string, Arbitrary<object>>>;
  /** Fields in which an operation's example is not valid here: unique names that are taken, ids of other rows. */
  readonly exampleExceptions?: Readonly<Record<string, object>>;
  /** Setup before an operation's calls, by operation. */
  readonly before?: Readonly<Record<string, () => Promise<unknown>>>;
  /** Operations other than `DELETE` after which a row cannot be used. */
  readonly endings?: readonly string[];
}

/** `hookAddress` is the only webhook receiver: nothing is sent elsewhere. */
export type WorldMaker = (app: TestApp, hookAddress: string) => Promise<World>;

export const bearing =
  (authorization: string): CredentialsRepository =>
  () => ({ authorization });

export const one = (...values: readonly unknown[]): Arbitrary<unknown> => fc.constantFrom(...values);

export const ZONES = one('Europe/Berlin', 'America/New_York', 'UTC', 'Pacific/Apia');
