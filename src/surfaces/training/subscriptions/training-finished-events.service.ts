import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/clock.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { BackgroundJob } from '../../../database/background-job.js';
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
export class TrainingFinishedEventsService extends BackgroundJob {
  constructor(
    private readonly finished: TrainingFinishedEventsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super({
      context: 'TrainingFinishedEvents',
      failure: 'Ends of events were not told',
      intervalMs: INTERVAL_MS,
    });
  }

  protected async execute(): Promise<void> {
    const now = instantOf(millisecondsOf(this.clock.now()) - DELAY_MS);
    for (let isDone = false; !isDone && !this.stopping.signal.aborted;) {
      isDone = await this.unitOfWork.run(async (manager) => {
        const finished = manager.withRepository(this.finished);
        return !(await finished.lockWatermark()) || (await finished.tellFinished(now)) >= now;
      });
    }
  }
}
