import { LRUCache } from 'lru-cache';
import type { Listener } from './listener.js';

/** The channel on which PostgreSQL says whose credentials, or companies, are worth something else now. */
const CHANNEL = 'quintet_credentials';
/** The net under the announcements: a row is never believed for longer than this. */
const LIFETIME_MS = 10_000;
const MAX_ROWS = 10_000;

/**
 * Rows read a moment ago, so that a request costs no statement for them. PostgreSQL tells every process when those of
 * an organization change (a trigger, in the transaction that changes them); while that line is down, or has not proved
 * itself a moment ago, nothing that is remembered is believed.
 */
export class AnnouncedCache<Row extends { readonly organization_id: number }> {
  private readonly rows = new LRUCache<string, Row>({ max: MAX_ROWS, ttl: LIFETIME_MS });
  /** Counts what was heard, so that a row read before a change cannot be remembered after it. */
  private changes = 0;

  constructor(private readonly listener: Listener) {
    listener.on(CHANNEL, (organizationId) => this.forget(Number(organizationId)));
    listener.onSilence(() => this.forgetAll());
  }

  /** The remembered row, without asking the database. */
  get(key: string): Row | undefined {
    return this.listener.connected ? this.rows.get(key) : undefined;
  }

  /** The row that `read` finds, remembered unless something changed meanwhile. */
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
