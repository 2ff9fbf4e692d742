import type { PoolClient } from 'pg';

/** A reader that takes fewer rows than these in the time that it had for them is too slow to be served. */
const FEWEST_ROWS = 6_000;
const PACE_WINDOW_MS = 60_000;

/** One connection on loan to one answer. It is taken away where the database or the reader takes too long. */
export class StreamLease {
  private over = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly lost: Promise<void>;
  private onEnd: () => void = () => undefined;
  /** Since when a batch is with the reader. */
  private handedOutAt: number | undefined;
  /** What the reader took since its pace was last looked at, and the time that it had. */
  private rows = 0;
  private readerMs = 0;

  constructor(
    readonly client: PoolClient,
    private readonly controller: AbortController,
    private readonly onOver: () => void,
  ) {
    this.lost = new Promise((lost) => {
      this.onEnd = lost;
      client.once('end', lost);
    });
  }

  /** For how long the reader has taken nothing. */
  get idleMs(): number {
    return this.handedOutAt === undefined ? 0 : performance.now() - this.handedOutAt;
  }

  /** Whether the reader has been slow for as long as that is put up with. */
  get isTooSlow(): boolean {
    return this.readerMs + this.idleMs > PACE_WINDOW_MS && this.rows < FEWEST_ROWS;
  }

  /** From now on this is the time that the database has. */
  endAfter(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), milliseconds);
  }

  /** From now on this is the time that the reader has to take a batch. */
  handOut(milliseconds: number): void {
    this.handedOutAt = performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.cutOff(), milliseconds);
  }

  /** The reader took the batch and asks for the next. */
  taken(rows: number): void {
    this.rows += rows;
    this.readerMs += this.idleMs;
    this.handedOutAt = undefined;
    if (this.readerMs > PACE_WINDOW_MS && this.rows >= FEWEST_ROWS) this.rows = this.readerMs = 0;
  }

  /** Gives up a reader that is too slow, and tells those who write for it. */
  cutOff(): void {
    this.end();
    this.controller.abort();
  }

  /** Closes the connection: a cursor under way cannot be handed to the next reader. Whoever waits for it is told. */
  end(): void {
    this.release(true);
  }

  /**
   * To the pool, once its cursor is closed, which cannot be done while it reads; a connection that is lost meanwhile
   * never says so.
   */
  async giveBack(close: () => Promise<unknown>, limitMs: number): Promise<void> {
    if (this.over) return;
    this.endAfter(limitMs);
    await Promise.race([close(), this.lost]).then(
      () => this.release(false),
      () => this.release(true),
    );
  }

  private release(destroy: boolean): void {
    clearTimeout(this.timer);
    if (this.over) return;
    this.over = true;
    this.client.release(destroy);
    // One that is destroyed ends later, and whoever still waits for its cursor has to hear of it.
    if (!destroy) this.client.off('end', this.onEnd);
    this.onOver();
  }
}
