import type { LoadJob, LoadResult, StreamJob, StreamResult } from '../driver/jobs.js';
import type { WireRequest } from '../wire-request.js';

/** What sends the requests of a scenario and measures the responses. */
export interface LoadClient {
  prepare(requests: readonly WireRequest[]): Promise<void>;
  load(job: Omit<LoadJob, 'kind'>): Promise<LoadResult>;
  stream(job: Omit<StreamJob, 'kind'>): Promise<StreamResult>;
  stop(): Promise<void>;
}
