import { isTroubleOfAll } from '../../../database/failures.js';
import type { Deadline } from './space-deadline.js';
import { spaceBusy } from '../spaces.failures.js';

/**
 * Queues bookings of the same space within this process, so that they do not occupy pooled connections or run into
 * timeouts while waiting for the lock. This is only an optimization; the row lock is what serializes bookings across
 * processes.
 */
export class SpaceLockQueue {
  /** Last entry of each queue. Resolves with an error if the ones behind it would fail in the same way. */
  private readonly tails = new Map<string, Promise<unknown>>();

  /**
   * Runs `work` once it is first in the queue of every key, or rejects if the deadline passes before that. Keys are
   * acquired in sorted order to avoid deadlocks.
   */
  async run<T>(keys: readonly string[], work: () => Promise<T>, deadline?: Deadline): Promise<T> {
    const releases: ((error?: unknown) => void)[] = [];
    let sharedError: unknown;
    try {
      for (const key of [...keys].sort()) releases.push(await this.acquire(key, deadline));
      return await work().catch((error: unknown) => {
        if (isTroubleOfAll(error)) sharedError = error;
        throw error;
      });
    } finally {
      for (const release of releases) release(sharedError);
    }
  }

  /** Whether anything is queued or running for a key. */
  isBusy(key: string): boolean {
    return this.tails.has(key);
  }

  /**
   * Waits for the entries ahead. Returns a function that releases the key, optionally with an error that rejects
   * everything behind it.
   */
  private async acquire(key: string, deadline: Deadline | undefined): Promise<(error?: unknown) => void> {
    const before = this.tails.get(key);
    let done = (_error?: unknown): void => undefined;
    const tail = new Promise<unknown>((resolve) => (done = resolve));
    this.tails.set(key, tail);
    const release = (error?: unknown): void => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
      done(error);
    };
    if (before !== undefined && deadline !== undefined && !(await settlesBefore(before, deadline))) {
      void before.then(release);
      throw spaceBusy();
    }
    const error = await before;
    if (error === undefined) return release;
    release(error);
    throw error as Error;
  }
}

async function settlesBefore(before: Promise<unknown>, deadline: Deadline): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>(
    (resolve) => (timer = setTimeout(() => resolve(false), deadline.remaining)),
  );
  const settled = await Promise.race([before.then(() => true), timeout]);
  clearTimeout(timer);
  return settled;
}
