import { Injectable } from '@nestjs/common';
import { refusedBy, whenRefused } from '../../../database/failures.js';
import { UnitOfWork, type EntityManager } from '../../../database/unit-of-work.js';
import { BOOKING_FAILURES, NO_OVERLAP, SpaceBookingsRepository } from './space-bookings.repository.js';
import type { Deadline } from './space-deadline.js';
import { SpaceLockQueue } from './space-lock-queue.js';
import { spaceBusy, spaceNotFound } from '../spaces.failures.js';

const MAX_ATTEMPTS = 3;

/** Runs transactions with spaces locked. */
@Injectable()
export class SpaceLocksService {
  private readonly queue = new SpaceLockQueue();

  constructor(
    private readonly bookings: SpaceBookingsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Runs `work` in a transaction with the spaces locked. The lock serializes concurrent bookings; if one slips past it,
   * the exclusion constraint rejects it, and the retry finds the conflicting booking. Nothing starts after the
   * deadline.
   */
  async withSpacesLocked<T>(
    organizationId: number,
    spaceIds: readonly number[],
    work: (manager: EntityManager) => Promise<T>,
    deadline?: Deadline,
  ): Promise<T> {
    const ids = [...new Set(spaceIds)];
    const runLocked = (): Promise<T> =>
      this.unitOfWork.run(async (manager) => {
        if (deadline?.remaining === 0) throw spaceBusy();
        const bookings = manager.withRepository(this.bookings);
        const locked = await bookings.lockSpaces(organizationId, ids, deadline?.remaining ?? 0);
        if (locked < ids.length) throw spaceNotFound();
        return whenRefused(work(manager), BOOKING_FAILURES);
      });
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.queue.run(ids.map(String), runLocked, deadline);
      } catch (error) {
        if (refusedBy(error) !== NO_OVERLAP || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** Whether a transaction of this process has the space locked or waits for it. */
  isBusy(spaceId: number): boolean {
    return this.queue.isBusy(String(spaceId));
  }
}
