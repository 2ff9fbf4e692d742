import type { PoolClient } from 'pg';

/** A client that reads fewer rows than this per time window is too slow. */
const FEWEST_ROWS = 6_000;
const PACE_WINDOW_MS = 60_000;

/** A connection used by one streamed response. It is closed if the database or the client takes too long. */
export class StreamLease {
  private over = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly lost: Promise<void>;
  private onEnd: () => void = () => undefined;
  /** When the current batch was passed to the client. */
  private handedOutAt: number | undefined;
  /** Rows read by the client in the current window, and the time it took. */
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

  /** How long the client has been reading the current batch. */
  get idleMs(): number {
    return this.handedOutAt === undefined ? 0 : performance.now() - this.handedOutAt;
  }

  /** Whether the client has read too few rows in the current window. */
  get isTooSlow(): boolean {
    return this.readerMs + this.idleMs > PACE_WINDOW_MS && this.rows < FEWEST_ROWS;
  }

  /** Starts the timeout for the database. */
  endAfter(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), milliseconds);
  }

  /** Starts the timeout for the client to read a batch. */
  handOut(milliseconds: number): void {
    this.handedOutAt = performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.cutOff(), milliseconds);
  }

  /** Called when the client has read the batch. */
  taken(rows: number): void {
    this.rows += rows;
    this.readerMs += this.idleMs;
    this.handedOutAt = undefined;
    if (this.readerMs > PACE_WINDOW_MS && this.rows >= FEWEST_ROWS) this.rows = this.readerMs = 0;
  }

  /** Disconnects a client that is too slow, and aborts the response. */
  cutOff(): void {
    this.end();
    this.controller.abort();
  }

  /** Closes the connection, because one with a running cursor cannot be reused. Pending reads fail. */
  end(): void {
    this.release(true);
  }

  /**
   * Returns the connection to the pool once its cursor is closed, which has to wait for a running read. If the connection
   * is lost meanwhile, `close` never settles.
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
    // A destroyed connection emits `end` later, and pending waits for its cursor need that event.
    if (!destroy) this.client.off('end', this.onEnd);
    this.onOver();
  }
}
