/**
 * Time limit for waiting until a space can be booked, both in our queues and for the row lock. Work that has started is
 * not aborted.
 */
export class Deadline {
  private readonly expiresAt: number;

  constructor(milliseconds: number) {
    this.expiresAt = performance.now() + milliseconds;
  }

  /** Whole milliseconds. */
  get remaining(): number {
    return Math.max(0, Math.ceil(this.expiresAt - performance.now()));
  }
}
