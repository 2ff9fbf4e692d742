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
  async run<T>(lines: readonly string[], work: () => Promise<T>, deadline?: Deadline): Promise<T> {
    const leave: ((trouble?: unknown) => void)[] = [];
    let trouble: unknown;
    try {
      for (const line of [...lines].sort()) leave.push(await this.enter(line, deadline));
      return await work().catch((error: unknown) => {
        if (isTroubleOfAll(error)) trouble = error;
        throw error;
      });
    } finally {
      for (const done of leave) done(trouble);
    }
  }

  /** Whether somebody is in a line. */
  isBusy(line: string): boolean {
    return this.tails.has(line);
  }

  /** Waits for those in front; answers how to let the next one in, or to tell all who wait that it is no use. */
  private async enter(line: string, deadline: Deadline | undefined): Promise<(trouble?: unknown) => void> {
    const before = this.tails.get(line);
    let done = (_trouble?: unknown): void => undefined;
    const tail = new Promise<unknown>((resolve) => (done = resolve));
    this.tails.set(line, tail);
    const leave = (trouble?: unknown): void => {
      if (this.tails.get(line) === tail) this.tails.delete(line);
      done(trouble);
    };
    if (before !== undefined && deadline !== undefined && !(await isOverBy(before, deadline))) {
      void before.then(leave);
      throw spaceBusy();
    }
    const trouble = await before;
    if (trouble === undefined) return leave;
    leave(trouble);
    throw trouble as Error;
  }
}

async function isOverBy(before: Promise<unknown>, deadline: Deadline): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((tell) => (timer = setTimeout(() => tell(false), deadline.left)));
  const over = await Promise.race([before.then(() => true), late]);
  clearTimeout(timer);
  return over;
}
