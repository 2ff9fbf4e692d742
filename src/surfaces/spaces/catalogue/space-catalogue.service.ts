import { Injectable } from '@nestjs/common';
import { Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { formatEventId } from '../events/space-event.id.js';
import { isPrivate } from '../events/space-event.rights.js';
import { formatTime } from '../space-time.js';
import { SpaceDeletionRepository, type BookingAhead } from './space-deletion.repository.js';

/** Deletes spaces, for this API and the admin API alike. */
@Injectable()
export class SpaceCatalogueService {
  constructor(
    private readonly deletion: SpaceDeletionRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Deletes a space with its past bookings; one with bookings ahead is a conflict that names the first. Bookings that
   * meet the deletion either stand, or find no space. Returns whether there was one.
   */
  deleteSpace(organizationId: number, id: number, now: Instant): Promise<boolean> {
    return this.unitOfWork.run(async (manager) => {
      const deletion = manager.withRepository(this.deletion);
      if (!(await deletion.lockSpace(organizationId, id))) return false;
      const ahead = await deletion.findAhead(organizationId, id, now);
      if (ahead !== undefined) throw spaceBooked(ahead);
      await deletion.deleteSpace(organizationId, id);
      return true;
    });
  }
}

function spaceBooked(ahead: BookingAhead): Failure {
  const id = formatEventId(ahead.event_id, ahead.is_occurrence ? ahead.original_start : undefined);
  const title = isPrivate(ahead.visibility) ? '' : ` "${ahead.title}"`;
  const start = formatTime(ahead.starts_at, ahead.start_zone);
  const message = `The space cannot be deleted: event ${id}${title} of ${start} is booked in it.`;
  return new Failure('conflict', message);
}
