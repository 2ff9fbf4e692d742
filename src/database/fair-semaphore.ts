export interface FairSemaphoreOptions {
  /** Total number of slots. */
  readonly slots: number;
  /** Slots per key. If lower than `slots`, a single key cannot take all of them. */
  readonly slotsPerKey: number;
  /** Maximum queue length per key. */
  readonly waitingPerKey: number;
  readonly patienceMs: number;
  /** Creates the error for a full queue or a timeout. */
  readonly refusal: () => Error;
}

/** Releases the slot. Further calls do nothing. */
export type Release = () => void;

interface Waiting {
  readonly enter: (release: Release) => void;
}

/**
 * Shares a few slots among keys. Each key has its own queue and the queues are served round-robin, so a key with many
 * requests mostly delays itself.
 */
export class FairSemaphore<Key> {
  private free: number;
  private readonly held = new Map<Key, number>();
  /** In the order in which they are served; a served queue moves to the end. Empty queues are removed. */
  private readonly queues = new Map<Key, Waiting[]>();

  constructor(private readonly options: FairSemaphoreOptions) {
    this.free = options.slots;
  }

  /** Whether a key below its own limit is waiting for a slot. */
  get isContended(): boolean {
    return this.free === 0 && [...this.queues.keys()].some((key) => this.mayHold(key));
  }

  /** Waits for a slot. The caller must release it, also after an error. */
  acquire(key: Key): Promise<Release> {
    const { waitingPerKey, patienceMs, refusal } = this.options;
    // While a slot is free, every queued request is blocked by its own key's limit, so this does not skip the queue.
    if (this.free > 0 && this.mayHold(key)) return Promise.resolve(this.take(key));
    const queue = this.queues.get(key) ?? [];
    if (queue.length >= waitingPerKey) return Promise.reject(refusal());
    this.queues.set(key, queue);
    return new Promise((resolve, reject) => {
      const waiting = {
        enter: (release: Release) => {
          clearTimeout(timer);
          resolve(release);
        },
      };
      queue.push(waiting);
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiting), 1);
        if (queue.length === 0) this.queues.delete(key);
        reject(refusal());
      }, patienceMs);
    });
  }

  private mayHold(key: Key): boolean {
    return (this.held.get(key) ?? 0) < this.options.slotsPerKey;
  }

  private take(key: Key): Release {
    this.free--;
    this.held.set(key, (this.held.get(key) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.free++;
      const left = (this.held.get(key) ?? 0) - 1;
      if (left > 0) this.held.set(key, left);
      else this.held.delete(key);
      this.serveNext();
    };
  }

  /** Called when one slot is released, so it serves at most one request. */
  private serveNext(): void {
    for (const [key, queue] of this.queues) {
      if (!this.mayHold(key)) continue;
      const next = queue.shift();
      this.queues.delete(key);
      if (queue.length > 0) this.queues.set(key, queue);
      next?.enter(this.take(key));
      return;
    }
  }
}
