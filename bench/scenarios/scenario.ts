import type { Dataset, DatasetPart } from '../dataset/dataset.js';
import type { WireRequest } from '../wire-request.js';

/** A figure of ours that is compared with a raw peer's, or with a limit. */
export interface Goal {
  /** The figure's name in the results, see `report.ts`. */
  readonly figure:
    | 'share of raw'
    | 'share of batched'
    | 'first byte ms'
    | 'p99 ms'
    | 'memory over idle MB'
    | 'peak memory MB';
  readonly atLeast?: number;
  readonly below?: number;
}

/**
 * The requests for both servers, as data. `load` keeps all connections busy for the length of a round; `stream`
 * reads one long response with a single client, once per round.
 */
export interface Scenario {
  /** Its name for `--only`. */
  readonly name: string;
  readonly title: string;
  readonly kind: 'load' | 'stream';
  /** The parts of the dataset it needs; all by default. */
  readonly needs?: readonly DatasetPart[];
  /** The requests of the rounds, in order, repeated; already shuffled. */
  readonly requests: (data: Dataset) => WireRequest[];
  /** Whether the peer can share statements between these requests; it is measured both ways then. */
  readonly batched?: boolean;
  /** Number of clients, if not those of the settings. */
  readonly connections?: number;
  /** Expected rows of a list response: an empty one would be fast. */
  readonly rows?: number;
  /** Whether a request is granted only once, such as a slot that is taken afterwards; `cleanUp` frees it again. */
  readonly onlyOnce?: boolean;
  /**
   * Fields in which two correct responses differ (a new id). `invitees.0.id` is one inside a list; the prefix `*.` means
   * anywhere in the response.
   */
  readonly varying?: readonly string[];
  /** Restores the tables after a round that wrote. */
  readonly cleanUp?: readonly string[];
  readonly goals: readonly Goal[];
}
