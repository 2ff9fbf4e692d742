import type { Dataset, DatasetPart } from '../dataset/dataset.js';
import type { WireRequest } from '../wire-request.js';

/** A figure of ours that is held against the raw peer's, or against a limit. */
export interface Goal {
  /** What the figure is called in the results, see `report.ts`. */
  readonly figure: 'throughput ratio' | 'first byte ms' | 'p99 ms' | 'memory over idle MB';
  readonly atLeast?: number;
  readonly below?: number;
}

/**
 * What is asked of both servers, as data. `load` keeps all connections busy for the length of a round; `stream`
 * reads one long answer with a single reader, as often as there are rounds.
 */
export interface Scenario {
  /** How `--only` calls it. */
  readonly name: string;
  readonly title: string;
  readonly kind: 'load' | 'stream';
  /** What of the dataset it needs; all of it unless it says. */
  readonly needs?: readonly DatasetPart[];
  /** The requests that rounds draw from, in order, again and again; shuffled by whoever makes them. */
  readonly requests: (data: Dataset) => WireRequest[];
  /** Clients at a time, where the settings do not decide it. */
  readonly connections?: number;
  /** Rows of an answer, where it is a list: an empty answer would be fast. */
  readonly rows?: number;
  /** Whether a request is granted only once, such as a slot that is taken afterwards; `cleanUp` frees it again. */
  readonly onlyOnce?: boolean;
  /**
   * Fields that two right answers differ in (a new id). `invitees.0.id` is one inside a list; `*.` in front means:
   * wherever in the answer they stand.
   */
  readonly varying?: readonly string[];
  /** Puts the tables back after a round that wrote. */
  readonly cleanUp?: readonly string[];
  readonly goals: readonly Goal[];
}
