import { LRUCache } from 'lru-cache';
import type { Listener } from '../../database/listener.js';
import type { CredentialRow } from './credentials.repository.js';

/** The net under the notifications: a row is never believed for longer than this. */
const LIFETIME_MS = 10_000;
const MAX_CREDENTIALS = 10_000;
const CHANNEL = 'quintet_credentials';

/**
 * Credentials checked a moment ago, so that a request costs no statement for its credential. PostgreSQL tells
 * every process when one changes (a trigger, in the transaction that changes it); while that line is down, or has not
 * proved itself a moment ago, nothing that is remembered is believed.
 */
export class CredentialCache {
  private readonly rows = new LRUCache<string, CredentialRow>({ max: MAX_CREDENTIALS, ttl: LIFETIME_MS });
  /** Keys that were found, however long ago: who floods us with made-up ones must not keep these out. */
  private readonly known = new LRUCache<string, true>({ max: MAX_CREDENTIALS });
  /** Counts what was heard, so that a row read before a change cannot be remembered after it. */
  private changes = 0;

  constructor(private readonly listener: Listener) {
    listener.on(CHANNEL, (organizationId) => this.forget(Number(organizationId)));
    listener.onSilence(() => this.forgetAll());
  }

  /**
   * The remembered row, else the one that `read` finds. A key always stands for rows of one shape. Before a key is read
   * that was never found, `beforeUnknown` is asked, which may throw.
   */
  async get<Row extends CredentialRow>(
    key: string,
    beforeUnknown: () => void,
    read: () => Promise<Row | undefined>,
  ): Promise<Row | undefined> {
    const remembered = this.peek(key);
    if (remembered !== undefined) return remembered as Row;
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

  /** The remembered row, without asking the database. */
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
