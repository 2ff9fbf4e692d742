import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { EventRef } from '../events/space-event.id.js';
import { SpaceConfirmation } from './space-confirmation.entity.js';

export type CheckInRow = Readonly<Pick<SpaceConfirmation, 'user_id' | 'device_id' | 'confirmed_at'>>;

// A single event is its own only occurrence; a master cannot be checked in to.
const HOLD = `h.organization_id = :organization_id AND h.event_id = :event_id AND h.status = 'confirmed'
  AND CASE WHEN :original_start::timestamptz IS NULL
           THEN e.recurrence IS NULL AND e.series_id IS NULL
           ELSE h.original_start = :original_start AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) END`;

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
   SELECT h.organization_id, h.event_id, h.original_start, :user_id, :device_id, :now
     FROM spaces.holds h JOIN spaces.events e ON e.organization_id = h.organization_id AND e.id = h.detail_id
    WHERE ${HOLD} AND h.starts_at <= :latest_start AND h.ends_at > :now
      AND (:is_admin::boolean OR e.organizer_id = :user_id OR e.creator_id = :user_id
           OR EXISTS (SELECT FROM spaces.invitees i
                       WHERE i.organization_id = :organization_id AND i.event_id = e.id AND i.user_id = :user_id))
   ON CONFLICT ON CONSTRAINT pk_confirmations DO NOTHING
   RETURNING user_id, device_id, confirmed_at`,
);

const DELETE = statement<CheckInRow>(
  'spaces.check_in.delete',
  `DELETE FROM spaces.confirmations c USING spaces.holds h, spaces.events e
    WHERE ${HOLD} AND e.organization_id = :organization_id AND e.id = h.detail_id
      AND c.organization_id = :organization_id AND c.event_id = h.event_id AND c.original_start = h.original_start
   RETURNING c.user_id, c.device_id, c.confirmed_at`,
);

/** Reads and writes check-ins; every statement is restricted to one organization. */
export class SpaceCheckInsRepository extends StatementRepository<SpaceConfirmation> {
  static readonly entity = SpaceConfirmation;

  findCheckIn(
    organization_id: number,
    { eventId: event_id, originalStart: original_start }: EventRef,
  ): Promise<CheckInRow | undefined> {
    return this.one(FIND, { organization_id, event_id, original_start });
  }

  /**
   * Returns `undefined` if there is no such event, the member does not take part in it, it is too early or too late, or
   * somebody has already checked in.
   */
  insertCheckIn(
    organization_id: number,
    { eventId: event_id, originalStart: original_start }: EventRef,
    by: Pick<CheckInRow, 'user_id' | 'device_id'> & { readonly is_admin: boolean },
    now: Instant,
    latest_start: Instant,
  ): Promise<CheckInRow | undefined> {
    return this.one(CREATE, { organization_id, event_id, original_start, ...by, now, latest_start });
  }

  /** Returns whether there was a check-in. */
  async deleteCheckIn(
    organization_id: number,
    { eventId: event_id, originalStart: original_start }: EventRef,
  ): Promise<boolean> {
    return (await this.one(DELETE, { organization_id, event_id, original_start })) !== undefined;
  }
}
