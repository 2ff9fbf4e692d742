import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { BackgroundJob } from '../database/background-job.js';
import { AuditEntriesRepository } from './audit-entries.repository.js';

const INTERVAL_MS = 60 * 60_000;

/** Deletes entries after the retention period. */
@Injectable()
export class AuditPruner extends BackgroundJob {
  constructor(
    private readonly entries: AuditEntriesRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super({ context: 'audit', failure: 'The audit log cannot be pruned', intervalMs: INTERVAL_MS });
  }

  protected execute(): Promise<void> {
    return this.entries.prune(this.config.auditRetentionDays, this.stopping.signal);
  }
}
