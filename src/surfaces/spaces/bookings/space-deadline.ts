/** Until when a booking waits for its space, in lines of ours as well as for the lock. What has begun is not ended. */
export class Deadline {
  private readonly at: number;

  constructor(milliseconds: number) {
    this.at = performance.now() + milliseconds;
  }

  /** Milliseconds, whole ones. */
  get left(): number {
    return Math.max(0, Math.ceil(this.at - performance.now()));
  }
}
