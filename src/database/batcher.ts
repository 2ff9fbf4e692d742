/**
 * Collects the items that arrive in one turn of the event loop, by key, and hands each key's items over together. A busy
 * service gets many requests in the same turn: PostgreSQL then parses, plans and answers once for all of them, and fewer
 * packets are written, which is what a well-written server spends most of its time on. A lone item is handed over at the
 * end of its turn.
 */
export class Batcher<Key, Item> {
  /**
   * Keys are never removed: they are few and live as long as the process. A map that is filled and emptied over and over
   * is also copied over and over; each copy is referenced by the one before, and one that the garbage collector has
   * promoted would keep all later ones, and the items in them, alive.
   */
  private readonly pending = new Map<Key, Item[]>();

  constructor(private readonly flushed: (key: Key, items: readonly Item[]) => void) {}

  /** At most `limit` items are handed over together: more would make one response wait for many others. */
  add(key: Key, item: Item, limit: number): void {
    const items = this.pending.get(key) ?? [];
    if (items.push(item) === 1) {
      this.pending.set(key, items);
      setImmediate(() => this.flush(key));
    } else if (items.length === limit) this.flush(key);
  }

  private flush(key: Key): void {
    const items = this.pending.get(key) ?? [];
    if (items.length === 0) return;
    this.pending.set(key, []);
    this.flushed(key, items);
  }
}
