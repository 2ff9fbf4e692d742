import { Injectable } from '@nestjs/common';
import { Clock } from '../core/clock.js';
import { UnitOfWork, type EntityManager } from '../database/unit-of-work.js';
import type { AuditAction } from './audit-actions.js';
import { AuditEntriesRepository, type NewAuditEntry } from './audit-entries.repository.js';
import { AuditLines } from './audit-lines.js';
import type { AuditEntry } from './audit-entry.entity.js';

/** Who acts, as far as it is known. */
export type Actor = Readonly<Pick<AuditEntry, 'actor' | 'address' | 'request_id'>>;

/** The service itself: the demo, a command. */
export const BY_SERVICE: Actor = { actor: null, address: null, request_id: null };

/** What happened; `outcome` is `done` unless it is given. */
export type AuditEvent = { readonly action: AuditAction } & Readonly<
  Partial<
    Pick<
      AuditEntry,
      'organization_id' | 'actor' | 'address' | 'subject' | 'outcome' | 'attempts' | 'details' | 'at'
    >
  >
>;

/** Appends to the audit log. */
@Injectable()
export class Audit {
  constructor(
    private readonly entries: AuditEntriesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly lines: AuditLines,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` in a transaction, and appends in the same one what it recorded. */
  async run<T>(
    actor: Actor,
    work: (manager: EntityManager, record: (event: AuditEvent) => void) => Promise<T>,
  ): Promise<T> {
    const { result, written } = await this.unitOfWork.run(async (manager) => {
      const events: AuditEvent[] = [];
      const result = await work(manager, (event) => void events.push(event));
      const entries = manager.withRepository(this.entries);
      const written = events.length === 0 ? [] : await entries.add(this.entriesOf(actor, events));
      return { result, written };
    });
    this.lines.write(written);
    return result;
  }

  /** Appends what happened outside of the database. */
  async write(actor: Actor, event: AuditEvent): Promise<void> {
    this.lines.write(await this.entries.add(this.entriesOf(actor, [event])));
  }

  /** Appends what was gathered meanwhile. */
  async writeInBackground(events: readonly AuditEvent[]): Promise<void> {
    this.lines.write(await this.entries.addInBackground(this.entriesOf(BY_SERVICE, events)));
  }

  private entriesOf(actor: Actor, events: readonly AuditEvent[]): NewAuditEntry[] {
    const at = this.clock.now();
    return events.map((event) => ({
      at,
      organization_id: null,
      subject: null,
      outcome: 'done',
      attempts: 1,
      details: {},
      ...actor,
      ...event,
    }));
  }
}
