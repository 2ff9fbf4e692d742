export interface FairSemaphoreOptions {
  /** How many may be in at a time. */
  readonly slots: number;
  /** How many of one key. Fewer than there are slots leave some for others, whatever the one asks for. */
  readonly slotsPerKey: number;
  /** How many of one key may wait. */
  readonly waitingPerKey: number;
  readonly patienceMs: number;
  /** What is told to who finds the queue full, or has waited too long. */
  readonly refusal: () => Error;
}

/** Lets the next one in. Calling it again does nothing. */
export type Release = () => void;

interface Waiting {
  readonly enter: (release: Release) => void;
}

/**
 * Shares a few slots among keys: each key has a queue of its own, and the queues are served in turn. So a key that asks
 * for much waits for itself, and another waits for one of each key at most.
 */
export class FairSemaphore<Key> {
  private free: number;
  private readonly held = new Map<Key, number>();
  /** In the order in which they are served; the one that was served goes to the end. None is empty. */
  private readonly queues = new Map<Key, Waiting[]>();

  constructor(private readonly options: FairSemaphoreOptions) {
    this.free = options.slots;
  }

  /** Whether somebody waits for a slot that others have. */
  get isContended(): boolean {
    return this.free === 0 && [...this.queues.keys()].some((key) => this.mayHold(key));
  }

  /** Waits for a slot. Whoever gets one gives it back, however the work ends. */
  acquire(key: Key): Promise<Release> {
    const { waitingPerKey, patienceMs, refusal } = this.options;
    // Nobody waits who could have a slot that is free, so this overtakes nobody.
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

  /** One slot came back, so one can enter at most. */
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
