import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { Failure, invalidField } from '../../../core/failure.js';
import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { SpaceCheckInsRepository, type CheckInRow } from './space-check-ins.repository.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import { readEventId, type EventRef } from '../events/space-event.id.js';
import { isParticipant } from '../events/space-event.rights.js';
import { SpaceEventsService } from '../events/space-events.service.js';
import {
  alreadyCheckedIn,
  eventNotFound,
  notCheckedIn,
  checkInForbidden,
  tooEarly,
  tooLate,
} from '../spaces.failures.js';

/** Check-in: participants confirm that an event takes place. */
@Injectable()
export class SpaceCheckInsService {
  constructor(
    private readonly checkIns: SpaceCheckInsRepository,
    private readonly events: SpaceEventsService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async find(caller: Caller, id: string): Promise<CheckInRow> {
    const found = await this.checkIns.findCheckIn(caller.organizationId, parseRef(id));
    if (found !== undefined) return found;
    await this.events.find(caller, id);
    throw notCheckedIn();
  }

  async checkIn(caller: Caller, id: string, deviceId: number | null): Promise<CheckInRow> {
    const now = this.clock.now(caller);
    const latestStart = instantOf(millisecondsOf(now) + this.config.spaces.checkInMinutes * 60_000);
    const { organizationId, memberId, isAdmin } = caller;
    const by = { user_id: memberId, device_id: deviceId, is_admin: isAdmin };
    const created = await this.checkIns.insertCheckIn(organizationId, parseRef(id), by, now, latestStart);
    if (created !== undefined) return created;
    const event = await this.findOccurrence(caller, id);
    if (!caller.isAdmin && !isParticipant(caller, event)) throw checkInForbidden();
    if (event.starts_at > latestStart) throw tooEarly();
    throw event.ends_at <= now ? tooLate() : alreadyCheckedIn();
  }

  async undo(caller: Caller, id: string): Promise<void> {
    const event = await this.findOccurrence(caller, id);
    if (!caller.isAdmin && !isParticipant(caller, event)) throw checkInForbidden();
    if (!(await this.checkIns.deleteCheckIn(caller.organizationId, parseRef(id)))) throw notCheckedIn();
  }

  /** Participants check in to an occurrence, never to a whole series. */
  private async findOccurrence(caller: Caller, id: string): Promise<SpaceEventRow> {
    const event = await this.events.find(caller, id);
    if (event.recurrence !== null)
      throw invalidField('event_id', 'event_id names a series; check in to one of its occurrences');
    if (event.status === 'skipped') throw new Failure('conflict', 'This occurrence found its space taken.');
    return event;
  }
}

function parseRef(id: string): EventRef {
  const ref = readEventId(id);
  if (ref === undefined) throw eventNotFound();
  return ref;
}
