import { atEndOfTurn } from './end-of-turn.js';

/** An item that waits for its batch. */
export interface BatchItem {
  readonly reject: (error: unknown) => void;
}

/** What happens to an item when a batch is formed: it joins, waits for a later batch, or is left out for good. */
export type Placement = 'joins' | 'waits' | 'left out';

export interface BatcherOptions<Item> {
  /** Maximum items per batch, so that a response does not wait for too many others. */
  readonly maxSize: number;
  /** Maximum batches in flight. Items that arrive in the meantime wait. Unlimited by default. */
  readonly maxInFlight?: number;
  /** Two batches in flight never contain items with the same key. */
  readonly keyOf?: (item: Item) => unknown;
  /** Whether an item may join the items already in the batch. By default, it may. */
  readonly place?: (item: Item, batch: readonly Item[]) => Placement;
}

/** Runs a batch and settles all items, those left out included. Never rejects. */
export type RunBatch<Item> = (batch: readonly Item[], leftOut: readonly Item[]) => Promise<void>;

/**
 * Collects items during one turn of the event loop and runs them together. Under load, many requests arrive in the same
 * turn: PostgreSQL then executes one statement for all of them, with one commit and fewer packets, which is where most
 * of the server's time goes. A single item runs at the end of its turn.
 */
export class Batcher<Item extends BatchItem> {
  /** In order of arrival. */
  private waiting: Item[] = [];
  private readonly keysInFlight = new Set<unknown>();
  private inFlight = 0;
  private isScheduled = false;

  constructor(
    private readonly run: RunBatch<Item>,
    private readonly options: BatcherOptions<Item>,
  ) {}

  add(item: Item): void {
    if (this.waiting.push(item) === this.options.maxSize) this.flush();
    else this.schedule();
  }

  /** Rejects all waiting items with an error that each of them would run into. */
  rejectWaiting(error: unknown): void {
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }

  get firstWaiting(): Item | undefined {
    return this.waiting[0];
  }

  /** Removes and returns the waiting items that fulfil a condition. */
  removeWaiting(condition: (item: Item) => boolean): Item[] {
    const removed = this.waiting.filter(condition);
    if (removed.length > 0) this.waiting = this.waiting.filter((item) => !removed.includes(item));
    return removed;
  }

  private schedule(): void {
    if (this.isScheduled || this.isFull || this.waiting.length === 0) return;
    this.isScheduled = true;
    atEndOfTurn(() => {
      this.isScheduled = false;
      this.flush();
    });
  }

  private get isFull(): boolean {
    return this.inFlight === this.options.maxInFlight;
  }

  private flush(): void {
    while (this.waiting.length > 0 && !this.isFull) {
      const { batch, leftOut } = this.take();
      if (batch.length === 0) return;
      this.start(batch, leftOut);
    }
  }

  private start(batch: readonly Item[], leftOut: readonly Item[]): void {
    const keys = this.keysOf(batch);
    for (const key of keys) this.keysInFlight.add(key);
    this.inFlight++;
    void this.run(batch, leftOut).then(() => {
      this.inFlight--;
      for (const key of keys) this.keysInFlight.delete(key);
      this.schedule();
    });
  }

  private take(): { batch: readonly Item[]; leftOut: readonly Item[] } {
    const { maxSize, keyOf, place } = this.options;
    const all = this.waiting;
    if (keyOf === undefined && place === undefined && all.length <= maxSize) {
      this.waiting = [];
      return { batch: all, leftOut: [] };
    }
    const batch: Item[] = [];
    const leftOut: Item[] = [];
    this.waiting = all.filter((item) => {
      if (keyOf !== undefined && this.keysInFlight.has(keyOf(item))) return true;
      const placement = place?.(item, batch) ?? 'joins';
      if (placement === 'left out') leftOut.push(item);
      else if (placement === 'waits' || batch.length === maxSize) return true;
      else batch.push(item);
      return false;
    });
    return { batch, leftOut };
  }

  private keysOf(batch: readonly Item[]): readonly unknown[] {
    const { keyOf } = this.options;
    return keyOf === undefined ? [] : batch.map(keyOf);
  }
}
