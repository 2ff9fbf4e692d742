import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { BackgroundJob } from '../database/background-job.js';
import { DeliveriesRepository } from './deliveries.repository.js';

const INTERVAL_MS = 10 * 60_000;

/** Deletes finished deliveries after the retention period. */
@Injectable()
export class OutboxPruner extends BackgroundJob {
  constructor(
    private readonly deliveries: DeliveriesRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super({ context: 'outbox', failure: 'The outbox cannot be pruned', intervalMs: INTERVAL_MS });
  }

  protected execute(): Promise<void> {
    return this.deliveries.prune(this.config.outboxRetentionDays, this.stopping.signal);
  }
}
