import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { SpaceEvent } from '../events/space-event.entity.js';
import type { SpaceHold } from '../events/space-hold.entity.js';
import { Space } from './space.entity.js';

/** A booking that keeps its space from being deleted. */
export type BookingAhead = Readonly<
  Pick<SpaceHold, 'event_id' | 'original_start' | 'starts_at'> &
    Pick<SpaceEvent, 'title' | 'visibility' | 'start_zone'>
> & { readonly is_occurrence: boolean };

// Bookings lock the space as well, so nothing is booked between this statement and the end of the transaction.
const LOCK_SPACE = statement<{ id: number }>(
  'spaces.space.lock_to_delete',
  `SELECT id FROM spaces.spaces WHERE organization_id = :organization_id AND id = :id FOR UPDATE`,
);

const HOLD = 'h.event_id, h.detail_id, h.original_start, h.starts_at, h.ends_at';
const AHEAD = `h.organization_id = :organization_id AND h.status = 'confirmed' AND h.ends_at > :now`;

/** Bookings in the space; occurrences of its series, wherever they were moved; endless series of the space. */
const FIRST_AHEAD = statement<BookingAhead>(
  'spaces.space.first_ahead',
  `SELECT ahead.event_id, ahead.original_start, ahead.starts_at, e.title, e.visibility, e.start_zone,
          NOT ahead.is_endless AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) AS is_occurrence
     FROM (
       (SELECT ${HOLD}, false AS is_endless FROM spaces.holds h
         WHERE ${AHEAD} AND h.space_id = :id ORDER BY h.ends_at LIMIT 1)
       UNION ALL
       (SELECT ${HOLD}, false FROM spaces.events m JOIN spaces.holds h ON ${AHEAD} AND h.event_id = m.id
         WHERE m.organization_id = :organization_id AND m.space_id = :id AND m.series_id IS NULL
           AND m.recurrence IS NOT NULL
         ORDER BY h.ends_at LIMIT 1)
       UNION ALL
       (SELECT m.id, m.id, m.starts_at, m.starts_at, m.ends_at, true FROM spaces.events m
         WHERE m.organization_id = :organization_id AND m.space_id = :id AND m.held_until IS NOT NULL
         ORDER BY m.starts_at LIMIT 1)) ahead
     JOIN spaces.events e ON e.organization_id = :organization_id AND e.id = ahead.detail_id
    ORDER BY ahead.is_endless, ahead.ends_at LIMIT 1`,
);

// Occurrences of series that belong to other spaces are cancelled there; their series goes on.
const LEAVE_OTHER_SERIES = statement<{ event_id: number }>(
  'spaces.space.leave_other_series',
  `WITH left_behind AS (
     UPDATE spaces.holds h SET status = 'cancelled', detail_id = m.id, space_id = m.space_id
       FROM spaces.events m
      WHERE h.organization_id = :organization_id AND h.space_id = :id
        AND m.organization_id = :organization_id AND m.id = h.event_id AND m.space_id <> :id
     RETURNING h.event_id, h.original_start)
   DELETE FROM spaces.confirmations c USING left_behind l
    WHERE c.organization_id = :organization_id AND c.event_id = l.event_id AND c.original_start = l.original_start
   RETURNING c.event_id`,
);

/** Events per statement, so that a long history does not run into the time limit of a statement. */
const CHUNK = 500;

const deleteEvents = (name: string, condition: string): ReturnType<typeof statement<{ id: number }>> =>
  statement(
    name,
    `DELETE FROM spaces.events WHERE organization_id = :organization_id AND id IN (
       SELECT id FROM spaces.events WHERE organization_id = :organization_id AND space_id = :id AND ${condition}
        LIMIT ${CHUNK})
     RETURNING id`,
  );
// Those of a series go with it; the rest belonged to series of other spaces.
const DELETE_EVENTS = deleteEvents('spaces.space.delete_events', 'series_id IS NULL');
const DELETE_EXCEPTIONS = deleteEvents('spaces.space.delete_exceptions', 'series_id IS NOT NULL');

const DELETE_SPACE = statement<{ id: number }>(
  'spaces.space.delete',
  `DELETE FROM spaces.spaces WHERE organization_id = :organization_id AND id = :id RETURNING id`,
);

/** Deletes spaces inside a transaction; every statement is restricted to one organization. */
export class SpaceDeletionRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  /** Locks a space until the end of the transaction, against bookings too. Returns whether there is one. */
  async lockSpace(organization_id: number, id: number): Promise<boolean> {
    return (await this.one(LOCK_SPACE, { organization_id, id })) !== undefined;
  }

  /** The first booking because of which a space may not be deleted. */
  findAhead(organization_id: number, id: number, now: Instant): Promise<BookingAhead | undefined> {
    return this.one(FIRST_AHEAD, { organization_id, id, now });
  }

  /** Deletes a locked space with all that was booked in it. */
  async deleteSpace(organization_id: number, id: number): Promise<void> {
    await this.all(LEAVE_OTHER_SERIES, { organization_id, id });
    for (const deletion of [DELETE_EVENTS, DELETE_EXCEPTIONS])
      while ((await this.all(deletion, { organization_id, id })).length === CHUNK);
    await this.all(DELETE_SPACE, { organization_id, id });
  }
}
