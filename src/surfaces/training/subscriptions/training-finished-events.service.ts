import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../core/clock.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { TrainingFinishedEventsRepository } from './training-finished-events.repository.js';

const INTERVAL_MS = 60_000;

/** Longer than a statement may take: a write that began before an event's end is visible by then. */
const DELAY_MS = 5_000;

/**
 * Tells subscriptions which events have ended, at start and every minute. It may run in any number of processes: what
 * has been told is remembered in the transaction that tells it.
 */
@Injectable()
export class TrainingFinishedEventsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('TrainingFinishedEvents');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly finished: TrainingFinishedEventsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    void this.tell();
    this.timer = setInterval(() => void this.tell(), INTERVAL_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** A failed run is made up for by the next one. Concurrent calls share one run. */
  tell(): Promise<void> {
    this.running ??= this.run()
      .catch((error: unknown) => this.log.warn(`Ends of events were not told: ${String(error)}`))
      .finally(() => (this.running = undefined));
    return this.running;
  }

  private async run(): Promise<void> {
    const now = instantOf(millisecondsOf(this.clock.now()) - DELAY_MS);
    for (let isDone = false; !isDone && !this.stopped;) {
      isDone = await this.unitOfWork.run(async (manager) => {
        const finished = manager.withRepository(this.finished);
        return !(await finished.lockWatermark()) || (await finished.tellFinished(now)) >= now;
      });
    }
  }
}
