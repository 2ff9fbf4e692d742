import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from '../core/caller.js';

/**
 * Requests that the service makes to itself for a caller whom it has admitted. No header can claim this: it holds
 * for what is called inside `run`, and for nothing that comes over the network.
 */
export class OnBehalf {
  private readonly callers = new AsyncLocalStorage<Caller>();

  run<T>(caller: Caller, work: () => T): T {
    return this.callers.run(caller, work);
  }

  get caller(): Caller | undefined {
    return this.callers.getStore();
  }
}
