import type { WireRequest } from '../wire-request.js';
import type { Exchange } from './connection.js';

/** The requests of a scenario; sent once, both servers get the same ones. */
export interface RequestsJob {
  readonly kind: 'requests';
  readonly requests: readonly WireRequest[];
}

/** One round on one server. */
export interface LoadJob {
  readonly kind: 'load';
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
}

/** One long response of one server. */
export interface StreamJob {
  readonly kind: 'stream';
  readonly port: number;
}

export type Job = RequestsJob | LoadJob | StreamJob;

export interface LoadResult {
  /** All completed requests, with those that began in time and ended later. */
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the driver; unknown of `wrk`. */
  readonly driverCpuMs?: number;
}

export type StreamResult = Exchange;

/** The driver's message when a job is done. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'load'; readonly result: LoadResult }
  | { readonly kind: 'stream'; readonly result: StreamResult }
  | { readonly kind: 'failed'; readonly message: string };
