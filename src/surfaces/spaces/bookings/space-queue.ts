import { isTroubleOfAll } from '../../../database/failures.js';
import type { Deadline } from './space-deadline.js';
import { spaceBusy } from '../spaces.failures.js';

/**
 * Lets bookings of one space wait here, one behind the other, and not on connections: the pool stays free for other
 * spaces, and nobody runs into a timeout while waiting for the lock. It is a courtesy within one process; what keeps
 * bookings apart is the lock in the database.
 */
export class SpaceQueue {
  /** The last of each line; it answers with the trouble that is no use to run into again. */
  private readonly tails = new Map<string, Promise<unknown>>();

  /**
   * Runs work when it is its turn in every line; not at all where that is not before the deadline. Lines are entered in
   * one order, so nobody waits in a circle.
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

  /** Whether somebody is in a line. */
  isBusy(key: string): boolean {
    return this.tails.has(key);
  }

  /** Waits for those in front; answers how to let the next one in, or to tell all who wait that it is no use. */
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
