import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Transaction } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import type { EventValues } from './space-booking.values.js';
import type { InviteeInput } from '../events/space-invitees.js';
import { insertInvitees } from '../events/space-invitees.statement.js';
import type { Occurrence } from '../series/space-occurrences.js';

/** An occurrence of a series that occupies its space, or was skipped because the space was taken. */
export interface HoldRow {
  readonly original_start: Instant;
  readonly start: Instant;
  readonly end: Instant;
  readonly status: 'confirmed' | 'skipped';
}

const UPDATE = statement<{ id: number }>(
  'spaces.booking.update',
  `UPDATE spaces.events SET
     space_id = $3, title = $4, description = $5, location = $6, starts_at = $7, start_zone = $8, ends_at = $9,
     end_zone = $10, is_all_day = $11, visibility = $12, recurrence = $13,
     held_until = CASE WHEN $16::boolean THEN $14 ELSE held_until END, updated_at = $15
   WHERE organization_id = $1 AND id = $2 RETURNING id`,
);

const DELETE_OTHER_INVITEES = statement<{ id: number }>(
  'spaces.booking.keep_invitees',
  `DELETE FROM spaces.invitees i WHERE i.organization_id = $1 AND i.event_id = $2 AND NOT EXISTS (
     SELECT FROM jsonb_to_recordset($3::jsonb) AS g (email citext, user_id integer)
       LEFT JOIN tenancy.members m ON m.organization_id = $1 AND m.id = g.user_id
      WHERE coalesce(m.email, g.email) = i.email) RETURNING i.id`,
);

const UPSERT_INVITEES = statement<{ id: number }>(
  'spaces.booking.invite',
  `WITH e AS (SELECT organization_id, id, organizer_email FROM spaces.events WHERE organization_id = $1 AND id = $2)
   ${insertInvitees({ event: 'e', from: 'e', list: '$3', now: '$4' })}
   ON CONFLICT ON CONSTRAINT uq_invitees_email DO UPDATE SET
     position = excluded.position, user_id = excluded.user_id, display_name = excluded.display_name,
     response_status = excluded.response_status, is_organizer = excluded.is_organizer,
     is_resource = excluded.is_resource, updated_at = excluded.updated_at
   RETURNING i.id`,
);

const MOVE_HOLD = statement<{ event_id: number }>(
  'spaces.booking.move_hold',
  `UPDATE spaces.holds SET detail_id = $4, space_id = $5, starts_at = $6, ends_at = $7, status = 'confirmed'
    WHERE organization_id = $1 AND event_id = $2 AND original_start = $3 AND status <> 'cancelled' RETURNING event_id`,
);

const MOVE_SINGLE = statement<{ event_id: number }>(
  'spaces.booking.move_single',
  `UPDATE spaces.holds SET space_id = $3, starts_at = $4, ends_at = $5
    WHERE organization_id = $1 AND event_id = $2 RETURNING event_id`,
);

const SET_STATUS = statement<{ event_id: number }>(
  'spaces.booking.set_status',
  `UPDATE spaces.holds SET status = $4
    WHERE organization_id = $1 AND event_id = $2 AND original_start = ANY ($3::timestamptz[]) RETURNING event_id`,
);

const MOVE_HOLDS = statement<{ event_id: number }>(
  'spaces.booking.move_series',
  `UPDATE spaces.holds SET space_id = $4 WHERE organization_id = $1 AND event_id = $2 AND space_id = $3
   RETURNING event_id`,
);

const LIST_HOLDS = statement<HoldRow>(
  'spaces.booking.holds_in',
  `SELECT original_start, starts_at AS start, ends_at AS "end", status FROM spaces.holds
    WHERE organization_id = $1 AND event_id = $2 AND space_id = $3 AND status <> 'cancelled' ORDER BY starts_at`,
);

/**
 * Applies changes of the series to its exceptions, except in columns that an exception has changed itself. Parameters
 * come in pairs: the value before and after.
 */
const UPDATE_EXCEPTIONS = statement<{ id: number }>(
  'spaces.booking.follow_series',
  `UPDATE spaces.events SET
     title = CASE WHEN title = $3 THEN $4 ELSE title END,
     description = CASE WHEN description IS NOT DISTINCT FROM $5 THEN $6 ELSE description END,
     location = CASE WHEN location IS NOT DISTINCT FROM $7 THEN $8 ELSE location END,
     visibility = CASE WHEN visibility = $9 THEN $10 ELSE visibility END,
     space_id = CASE WHEN space_id = $11 THEN $12 ELSE space_id END,
     updated_at = $13
   WHERE organization_id = $1 AND series_id = $2 RETURNING id`,
);

const DELETE_HOLDS = statement<{ event_id: number }>(
  'spaces.booking.drop_holds',
  `DELETE FROM spaces.holds WHERE organization_id = $1 AND event_id = $2 RETURNING event_id`,
);

const DELETE_EXCEPTIONS = statement<{ id: number }>(
  'spaces.booking.drop_exceptions',
  `DELETE FROM spaces.events WHERE organization_id = $1 AND series_id = $2 RETURNING id`,
);

/** Changes bookings inside a transaction; every statement is restricted to one organization. */
@Injectable()
export class SpaceChangesRepository {
  /** Returns whether the event still existed. `held_until` only changes with the event's times. */
  async update(
    transaction: Transaction,
    organizationId: number,
    id: number,
    values: EventValues,
    timesChanged: boolean,
    now: Instant,
  ): Promise<boolean> {
    const updated = await transaction.one(UPDATE, [
      organizationId,
      id,
      values.spaceId,
      values.title,
      values.description,
      values.location,
      values.start.at,
      values.start.zone,
      values.end.at,
      values.end.zone,
      values.isAllDay,
      values.visibility,
      values.recurrence,
      values.heldUntil,
      now,
      timesChanged,
    ]);
    return updated !== undefined;
  }

  /** Replaces the list of invitees; those who were on it before keep their ids. */
  async replaceInvitees(
    transaction: Transaction,
    organizationId: number,
    id: number,
    invitees: readonly InviteeInput[],
    now: Instant,
  ): Promise<void> {
    const list = JSON.stringify(invitees);
    await transaction.all(DELETE_OTHER_INVITEES, [organizationId, id, list]);
    await transaction.all(UPSERT_INVITEES, [organizationId, id, list, now]);
  }

  moveSingle(
    transaction: Transaction,
    organizationId: number,
    id: number,
    spaceId: number,
    time: Occurrence,
  ): Promise<unknown> {
    return transaction.one(MOVE_SINGLE, [organizationId, id, spaceId, time.start, time.end]);
  }

  /** Returns whether the occurrence still existed. */
  async moveOccurrence(
    transaction: Transaction,
    organizationId: number,
    key: { readonly eventId: number; readonly originalStart: Instant },
    to: Occurrence & { readonly detailId: number; readonly spaceId: number },
  ): Promise<boolean> {
    const { eventId, originalStart } = key;
    const values = [organizationId, eventId, originalStart, to.detailId, to.spaceId, to.start, to.end];
    return (await transaction.one(MOVE_HOLD, values)) !== undefined;
  }

  /** The confirmed and skipped occurrences of a series in one space. */
  listHolds(
    transaction: Transaction,
    organizationId: number,
    id: number,
    spaceId: number,
  ): Promise<HoldRow[]> {
    return transaction.all(LIST_HOLDS, [organizationId, id, spaceId]);
  }

  /** Sets whether occurrences occupy their space. */
  async setStatus(
    transaction: Transaction,
    organizationId: number,
    id: number,
    holds: readonly HoldRow[],
    status: HoldRow['status'],
  ): Promise<void> {
    if (holds.length === 0) return;
    const starts = holds.map(({ original_start }) => original_start);
    await transaction.all(SET_STATUS, [organizationId, id, starts, status]);
  }

  /** Applies changes to the exceptions and holds of a series; what an exception has changed itself is kept. */
  async updateExceptions(
    transaction: Transaction,
    organizationId: number,
    before: SpaceEventRow,
    after: EventValues,
    now: Instant,
  ): Promise<void> {
    await transaction.all(UPDATE_EXCEPTIONS, [
      organizationId,
      before.event_id,
      before.title,
      after.title,
      before.description,
      after.description,
      before.location,
      after.location,
      before.visibility,
      after.visibility,
      before.space_id,
      after.spaceId,
      now,
    ]);
    if (before.space_id === after.spaceId) return;
    await transaction.all(MOVE_HOLDS, [organizationId, before.event_id, before.space_id, after.spaceId]);
  }

  /** Deletes all occurrences and exceptions of an event, to be replaced by new ones. */
  async deleteOccurrences(transaction: Transaction, organizationId: number, id: number): Promise<void> {
    await transaction.all(DELETE_HOLDS, [organizationId, id]);
    await transaction.all(DELETE_EXCEPTIONS, [organizationId, id]);
  }
}
