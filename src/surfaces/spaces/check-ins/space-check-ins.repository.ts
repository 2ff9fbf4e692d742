import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import type { EventRef } from '../events/space-event.id.js';

export interface CheckInRow {
  readonly user_id: number | null;
  readonly device_id: number | null;
  readonly confirmed_at: Instant;
}

// A single event is its own only occurrence; a master cannot be checked in to.
const HOLD = `h.organization_id = $1 AND h.event_id = $2 AND h.status = 'confirmed'
  AND CASE WHEN $3::timestamptz IS NULL
           THEN e.recurrence IS NULL AND e.series_id IS NULL
           ELSE h.original_start = $3 AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) END`;

const FIND = statement<CheckInRow>(
  'spaces.check_in.find',
  `SELECT c.user_id, c.device_id, c.confirmed_at
     FROM spaces.holds h
     JOIN spaces.events e ON e.organization_id = h.organization_id AND e.id = h.detail_id
     JOIN spaces.confirmations c ON c.organization_id = h.organization_id AND c.event_id = h.event_id
                              AND c.original_start = h.original_start
    WHERE ${HOLD}`,
);

const CREATE = statement<CheckInRow>(
  'spaces.check_in.create',
  `INSERT INTO spaces.confirmations (organization_id, event_id, original_start, user_id, device_id, confirmed_at)
   SELECT h.organization_id, h.event_id, h.original_start, $4, $5, $6
     FROM spaces.holds h JOIN spaces.events e ON e.organization_id = h.organization_id AND e.id = h.detail_id
    WHERE ${HOLD} AND h.starts_at <= $7 AND h.ends_at > $6
      AND ($8::boolean OR e.organizer_id = $4 OR e.creator_id = $4
           OR EXISTS (SELECT FROM spaces.invitees i
                       WHERE i.organization_id = $1 AND i.event_id = e.id AND i.user_id = $4))
   ON CONFLICT ON CONSTRAINT pk_confirmations DO NOTHING
   RETURNING user_id, device_id, confirmed_at`,
);

const DELETE = statement<CheckInRow>(
  'spaces.check_in.delete',
  `DELETE FROM spaces.confirmations c USING spaces.holds h, spaces.events e
    WHERE ${HOLD} AND e.organization_id = $1 AND e.id = h.detail_id
      AND c.organization_id = $1 AND c.event_id = h.event_id AND c.original_start = h.original_start
   RETURNING c.user_id, c.device_id, c.confirmed_at`,
);

/** Reads and writes check-ins; every statement is restricted to one organization. */
@Injectable()
export class SpaceCheckInsRepository {
  constructor(private readonly database: Database) {}

  find(organizationId: number, { eventId, originalStart }: EventRef): Promise<CheckInRow | undefined> {
    return this.database.one(FIND, [organizationId, eventId, originalStart]);
  }

  /**
   * Returns `undefined` if there is no such event, the member does not take part in it, it is too early or too late, or
   * somebody has already checked in.
   */
  create(
    organizationId: number,
    { eventId, originalStart }: EventRef,
    by: { readonly memberId: number | null; readonly deviceId: number | null; readonly isAdmin: boolean },
    now: Instant,
    latestStart: Instant,
  ): Promise<CheckInRow | undefined> {
    return this.database.one(CREATE, [
      organizationId,
      eventId,
      originalStart,
      by.memberId,
      by.deviceId,
      now,
      latestStart,
      by.isAdmin,
    ]);
  }

  async delete(organizationId: number, { eventId, originalStart }: EventRef): Promise<boolean> {
    return (await this.database.one(DELETE, [organizationId, eventId, originalStart])) !== undefined;
  }
}
