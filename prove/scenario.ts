import type { AdminAccess, Tenant } from './target/tenant.js';
import type { ProvenDatabase } from './target/database.js';
import type { ServiceProcess } from './target/service-process.js';

/** What a scenario works on: several processes of the service on one database. */
export interface Stage {
  readonly processes: readonly ServiceProcess[];
  readonly database: ProvenDatabase;
  readonly admin: AdminAccess;
  /** Makes an organization with one of everything. `mark` is in the name of all that is made. */
  tenant(mark: string): Promise<Tenant>;
  /** The address of a running process, in turn. */
  next(): string;
}

export interface Outcome {
  /** What was done and seen, in the order in which the report shows it. */
  readonly counts: Readonly<Record<string, number>>;
  /** Sentences; any of them fails the scenario. */
  readonly faults: readonly string[];
}

export interface Scenario {
  readonly name: string;
  /** What has to hold, in a sentence. */
  readonly promise: string;
  /** Its part of the time, relative to the others. */
  readonly share: number;
  /** Works for about that long, then judges. */
  run(stage: Stage, milliseconds: number): Promise<Outcome>;
}

/** The outcome with a verdict. */
export interface Verdict extends Outcome {
  readonly name: string;
  readonly promise: string;
  readonly seconds: number;
  readonly holds: boolean;
}
