import type { Demo } from '../boot/demo.js';
import type { TourClient } from './client.js';

export interface TourContext {
  readonly client: TourClient;
  readonly demo: Demo;
}

/** The tour of one product: its requests in order. Returns a page that is worth opening afterwards, if there is one. */
export type ProductTour = (context: TourContext) => Promise<PageLink | void>;

/** A page that stays after the tour; `path` is relative to the service's address. */
export interface PageLink {
  readonly text: string;
  readonly path: string;
}
