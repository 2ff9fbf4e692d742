import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { AuditEntriesRepository } from './audit-entries.repository.js';

const INTERVAL_MS = 60 * 60_000;

/** Deletes entries after the retention period. Every process does this. */
@Injectable()
export class AuditPruner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('audit');
  private timer: NodeJS.Timeout | undefined;
  private run: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly entries: AuditEntriesRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.prune();
    this.timer = setInterval(() => this.prune(), INTERVAL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.run;
  }

  private prune(): void {
    if (this.run !== undefined) return;
    // If a run fails, the next one catches up.
    this.run = this.entries
      .prune(this.config.auditRetentionDays, this.stopping.signal)
      .catch((error: unknown) => this.log.warn(`The audit log cannot be pruned: ${String(error)}`))
      .finally(() => (this.run = undefined));
  }
}
