import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../core/clock.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { SpacePresencesRepository } from './space-presences.repository.js';

const DAY_MS = 24 * 60 * 60_000;
/** Days for which a presence is kept after it lapsed. */
const RETENTION_DAYS = 7;

/** Deletes presences that lapsed long ago, at start and once a day. It may run in any number of processes. */
@Injectable()
export class SpacePresencePruner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('SpacePresence');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly presences: SpacePresencesRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    void this.prune();
    this.timer = setInterval(() => void this.prune(), DAY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** A failed run is made up for by the next one. Concurrent calls share one run. */
  prune(): Promise<void> {
    const before = instantOf(millisecondsOf(this.clock.now()) - RETENTION_DAYS * DAY_MS);
    this.running ??= this.presences
      .prune(before)
      .catch((error: unknown) => this.log.warn(`Presences were not deleted: ${String(error)}`))
      .finally(() => (this.running = undefined));
    return this.running;
  }
}
