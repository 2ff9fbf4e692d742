import { LRUCache } from 'lru-cache';
import type { Listener } from './listener.js';

/** NOTIFY channel for changed credentials and companies. The payload is the organization id. */
const CHANNEL = 'quintet_credentials';
/** Maximum age of a cached row, in case a notification is missed. */
const LIFETIME_MS = 10_000;
const MAX_ROWS = 10_000;

/**
 * Caches recently read rows, so that most requests need no statement for them. A trigger notifies every process when
 * the rows of an organization change, in the same transaction. While the listener is disconnected or its last heartbeat
 * is too old, the cache is not used.
 */
export class AnnouncedCache<Row extends { readonly organization_id: number }> {
  private readonly rows = new LRUCache<string, Row>({ max: MAX_ROWS, ttl: LIFETIME_MS });
  /** Counts invalidations, so that a row read before a change is not cached after it. */
  private changes = 0;

  constructor(private readonly listener: Listener) {
    listener.on(CHANNEL, (organizationId) => this.forget(Number(organizationId)));
    listener.onSilence(() => this.forgetAll());
  }

  /** The cached row, without a query. */
  get(key: string): Row | undefined {
    return this.listener.connected ? this.rows.get(key) : undefined;
  }

  /** The row returned by `read`, cached unless there was an invalidation meanwhile. */
  async read<Found extends Row>(
    key: string,
    read: () => Promise<Found | undefined>,
  ): Promise<Found | undefined> {
    const { changes } = this;
    const row = await read();
    if (row !== undefined && this.listener.connected && changes === this.changes) this.rows.set(key, row);
    return row;
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
