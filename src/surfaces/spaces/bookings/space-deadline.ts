/** Until when a booking waits for its space, in lines of ours as well as for the lock. What has begun is not ended. */
export class Deadline {
  private readonly expiresAt: number;

  constructor(milliseconds: number) {
    this.expiresAt = performance.now() + milliseconds;
  }

  /** Milliseconds, whole ones. */
  get remaining(): number {
    return Math.max(0, Math.ceil(this.expiresAt - performance.now()));
  }
}
