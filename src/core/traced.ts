/** Work that a trace shows. */
export interface TracedWork {
  /** `statement`: shown within the request or delivery that it is for, and only there. `delivery`: one of the outbox. */
  readonly kind: 'statement' | 'delivery';
  /** Of a few known names: a statement's, a kind of delivery. Never a value. */
  readonly name: string;
  /** The tenant that it is for, where the caller knows. */
  readonly organizationId?: number;
}

export type Trace = <T>(work: TracedWork, run: () => Promise<T>) => Promise<T>;

let current: Trace | undefined;

/** Passes all traced work of this process to `trace`; `undefined` ends that. */
export function traceWith(trace: Trace | undefined): void {
  current = trace;
}

/** Whether anybody traces; hot paths ask before they describe their work. */
export const isTracing = (): boolean => current !== undefined;

/** Runs work, and shows it in the trace if there is one. */
export function traced<T>(work: TracedWork, run: () => Promise<T>): Promise<T> {
  return current === undefined ? run() : current(work, run);
}
