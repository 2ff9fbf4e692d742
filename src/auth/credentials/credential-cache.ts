import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AnnouncedCache } from '../../database/announced-cache.js';
import { Listener } from '../../database/listener.js';
import type { CredentialRow } from './credentials.repository.js';

const MAX_CREDENTIALS = 10_000;

/** Caches credentials, so that most requests need no statement for theirs. */
@Injectable()
export class CredentialCache implements OnModuleInit {
  private readonly rows: AnnouncedCache<CredentialRow>;
  /** Keys found before, however long ago: a flood of made-up keys must not lock these out. */
  private readonly known = new LRUCache<string, true>({ max: MAX_CREDENTIALS });

  constructor(private readonly listener: Listener) {
    this.rows = new AnnouncedCache(listener);
  }

  /** All providers exist now, and have registered their channels with the listener. */
  onModuleInit(): Promise<void> {
    return this.listener.open();
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
    const cached = this.rows.get(key);
    if (cached !== undefined) return cached as Row;
    if (!this.known.has(key)) beforeUnknown();
    const row = await this.rows.read(key, read);
    if (row === undefined) this.known.delete(key);
    else this.known.set(key, true);
    return row;
  }
}
