import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { DeliveriesRepository } from './deliveries.repository.js';

const EVERY_MS = 10 * 60_000;

/** Forgets deliveries some time after they were done with, however they ended. Every process does it. */
@Injectable()
export class OutboxPruner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('outbox');
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly deliveries: DeliveriesRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.prune();
    this.timer = setInterval(() => this.prune(), EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.round;
  }

  private prune(): void {
    if (this.round !== undefined) return;
    // A round that fails is made up for by the next one.
    this.round = this.deliveries
      .prune(this.config.outboxRetentionDays, this.stopping.signal)
      .catch((error: unknown) => this.log.warn(`The outbox cannot be pruned: ${String(error)}`))
      .finally(() => (this.round = undefined));
  }
}
