/**
 * Collects items by key during one turn of the event loop and flushes each key's items together. Under load, many
 * requests arrive in the same turn: PostgreSQL then executes one statement for all of them, and fewer packets are
 * written, which is where most of the server's time goes. A single item is flushed at the end of its turn.
 */
export class Batcher<Key, Item> {
  /**
   * Keys are never removed: they are few and live as long as the process. V8 reallocates a map that is repeatedly filled
   * and emptied, and each old table references the next one; once one of them is promoted to the old generation, it
   * keeps all later tables and their items alive.
   */
  private readonly pending = new Map<Key, Item[]>();

  constructor(private readonly flushed: (key: Key, items: readonly Item[]) => void) {}

  /** At most `limit` items are flushed together, so that a response does not wait for too many others. */
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
