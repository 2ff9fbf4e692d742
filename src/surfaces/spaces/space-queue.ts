/**
 * Lets bookings of one space wait here, one behind the other, and not on connections: the pool stays free for other
 * spaces, and nobody runs into a timeout while waiting for the lock. It is a courtesy within one process; what keeps
 * bookings apart is the lock in the database.
 */
export class SpaceQueue {
  private readonly tails = new Map<string, Promise<void>>();

  /** Runs work when it is its turn in every line. Lines are entered in one order, so nobody waits in a circle. */
  async run<T>(lines: readonly string[], work: () => Promise<T>): Promise<T> {
    const leave: (() => void)[] = [];
    try {
      for (const line of [...lines].sort()) leave.push(await this.enter(line));
      return await work();
    } finally {
      for (const done of leave) done();
    }
  }

  /** Whether somebody is in a line. */
  isBusy(line: string): boolean {
    return this.tails.has(line);
  }

  /** Waits for those in front; answers how to let the next one in. */
  private async enter(line: string): Promise<() => void> {
    const before = this.tails.get(line);
    let done = (): void => undefined;
    const tail = new Promise<void>((resolve) => (done = resolve));
    this.tails.set(line, tail);
    await before;
    return () => {
      if (this.tails.get(line) === tail) this.tails.delete(line);
      done();
    };
  }
}
