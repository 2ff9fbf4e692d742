import { LRUCache } from 'lru-cache';
import type { Listener } from '../../database/listener.js';
import type { CredentialRow } from './credentials.repository.js';

/** A fallback in case a notification is lost. */
const LIFETIME_MS = 10_000;
const MAX_CREDENTIALS = 10_000;
const CHANNEL = 'quintet_credentials';

/**
 * Caches credentials, so that most requests need no statement for theirs. A trigger notifies every process of changes,
 * in the transaction that makes them; while the listening connection is down or has not been verified recently, the
 * cache is not used.
 */
export class CredentialCache {
  private readonly rows = new LRUCache<string, CredentialRow>({ max: MAX_CREDENTIALS, ttl: LIFETIME_MS });
  /** Keys found before, however long ago: a flood of made-up keys must not lock these out. */
  private readonly known = new LRUCache<string, true>({ max: MAX_CREDENTIALS });
  /** Counts notifications, so that a row read before a change is not cached after it. */
  private changes = 0;

  constructor(private readonly listener: Listener) {
    listener.on(CHANNEL, (organizationId) => this.forget(Number(organizationId)));
    listener.onSilence(() => this.forgetAll());
  }

  /**
   * The cached row, else the one that `read` finds. All rows of a key have the same type. `beforeUnknown` is called
   * before reading a key that was never found before, and may throw.
   */
  async get<Row extends CredentialRow>(
    key: string,
    beforeUnknown: () => void,
    read: () => Promise<Row | undefined>,
  ): Promise<Row | undefined> {
    const cached = this.peek(key);
    if (cached !== undefined) return cached as Row;
    if (!this.known.has(key)) beforeUnknown();
    const { changes } = this;
    const row = await read();
    if (row === undefined) {
      this.known.delete(key);
      return undefined;
    }
    this.known.set(key, true);
    if (this.listener.connected && changes === this.changes) this.rows.set(key, row);
    return row;
  }

  /** The cached row, without a statement. */
  peek(key: string): CredentialRow | undefined {
    return this.listener.connected ? this.rows.get(key) : undefined;
  }

  private forget(organizationId: number): void {
    this.changes++;
    for (const [key, row] of this.rows.entries()) {
      if (row.organization_id === organizationId) this.rows.delete(key);
    }
  }

  private forgetAll(): void {
    this.changes++;
    this.rows.clear();
  }
}
