import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AnnouncedCache } from '../../database/announced-cache.js';
import { Listener } from '../../database/listener.js';
import type { CredentialRow } from './credentials.repository.js';

const MAX_CREDENTIALS = 10_000;

/** Credentials checked a moment ago, so that a request costs no statement for its credential. */
@Injectable()
export class CredentialCache implements OnModuleInit {
  private readonly rows: AnnouncedCache<CredentialRow>;
  /** Keys that were found, however long ago: who floods us with made-up ones must not keep these out. */
  private readonly known = new LRUCache<string, true>({ max: MAX_CREDENTIALS });

  constructor(private readonly listener: Listener) {
    this.rows = new AnnouncedCache(listener);
  }

  /** By now all providers are made, and have told the listener what they wait for. */
  onModuleInit(): Promise<void> {
    return this.listener.open();
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
    const remembered = this.rows.get(key);
    if (remembered !== undefined) return remembered as Row;
    if (!this.known.has(key)) beforeUnknown();
    const row = await this.rows.read(key, read);
    if (row === undefined) this.known.delete(key);
    else this.known.set(key, true);
    return row;
  }
}
