import { appendFileSync } from 'node:fs';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import type { AuditEntry } from './audit-entry.entity.js';

/** Readable only by the user who runs the service. */
const PRIVATE = 0o600;

/**
 * Writes entries as JSON lines to stdout or a file, for who collects logs. The file is opened for each write, so it can be
 * moved away at any time; entries are rare enough for that.
 */
@Injectable()
export class AuditLines {
  private readonly log = new Logger('audit');
  private readonly target: string | undefined;

  constructor(@Inject(CONFIG) { auditLog }: Config) {
    this.target = auditLog;
    // A file that cannot be written is an error at start, not one that is noticed with the first entry.
    if (auditLog !== undefined) this.append('');
  }

  write(entries: readonly AuditEntry[]): void {
    if (this.target === undefined || entries.length === 0) return;
    try {
      this.append(entries.map((entry) => `${JSON.stringify({ log: 'audit', ...entry })}\n`).join(''));
    } catch (error) {
      // The entries are in the database.
      this.log.error(`The audit log cannot be written to ${this.target}: ${String(error)}`);
    }
  }

  private append(text: string): void {
    if (this.target === 'stdout') process.stdout.write(text);
    else if (this.target !== undefined) appendFileSync(this.target, text, { mode: PRIVATE });
  }
}
