import type { Demo } from '../boot/demo.js';
import type { Guide } from './guide.js';

/** What a story needs. */
export interface Stage {
  readonly guide: Guide;
  readonly demo: Demo;
}

/** Somebody's errand at one product, from its first request to its last. Answers what is worth opening afterwards. */
export type Story = (stage: Stage) => Promise<Leftover | void>;

/** A page that a story leaves behind, below the service's address. */
export interface Leftover {
  readonly text: string;
  readonly path: string;
}
