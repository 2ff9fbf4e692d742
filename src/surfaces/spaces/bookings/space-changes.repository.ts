import { Any, Not } from 'typeorm';
import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { INHERITED_COLUMNS, type ChangedValues } from './space-booking.values.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import { SpaceEvent } from '../events/space-event.entity.js';
import { SpaceHold } from '../events/space-hold.entity.js';
import type { InviteeInput } from '../events/space-invitees.js';
import { insertInvitees } from '../events/space-invitees.statement.js';

/** An occurrence of a series that occupies its space, or was skipped because the space was taken. */
export interface HoldRow {
  readonly original_start: Instant;
  readonly start: Instant;
  readonly end: Instant;
  readonly status: 'confirmed' | 'skipped';
}

// Users whose address has changed since they were invited keep their row.
const READDRESS_INVITEES = statement<{ id: number }>(
  'spaces.booking.readdress_invitees',
  `UPDATE spaces.invitees i SET email = m.email, updated_at = :now
     FROM jsonb_to_recordset(:invitees::jsonb) AS g (user_id integer)
     JOIN tenancy.members m ON m.organization_id = :organization_id AND m.id = g.user_id
    WHERE i.organization_id = :organization_id AND i.event_id = :id AND i.user_id = m.id AND i.email <> m.email
      AND NOT EXISTS (SELECT FROM spaces.invitees other
                       WHERE other.organization_id = i.organization_id AND other.event_id = i.event_id
                         AND other.email = m.email)
   RETURNING i.id`,
);

const DELETE_OTHER_INVITEES = statement<{ id: number }>(
  'spaces.booking.keep_invitees',
  `DELETE FROM spaces.invitees i WHERE i.organization_id = :organization_id AND i.event_id = :id AND NOT EXISTS (
     SELECT FROM jsonb_to_recordset(:invitees::jsonb) AS g (email citext, user_id integer)
       LEFT JOIN tenancy.members m ON m.organization_id = :organization_id AND m.id = g.user_id
      WHERE coalesce(m.email, g.email) = i.email) RETURNING i.id`,
);

/** Columns of an invitee whose change counts as one. */
const INVITEE_VALUES = ['user_id', 'display_name', 'response_status', 'is_organizer', 'is_resource'] as const;

const UPSERT_INVITEES = statement<{ id: number }>(
  'spaces.booking.invite',
  `WITH e AS (
     SELECT organization_id, id, organizer_email FROM spaces.events WHERE organization_id = :organization_id AND id = :id)
   ${insertInvitees({ event: 'e', from: 'e', list: ':invitees', now: ':now' })}
   ON CONFLICT ON CONSTRAINT uq_invitees_email DO UPDATE SET
     position = excluded.position, ${INVITEE_VALUES.map((column) => `${column} = excluded.${column}`).join(', ')},
     updated_at = CASE WHEN (${INVITEE_VALUES.map((column) => `i.${column}`).join(', ')})
                            IS DISTINCT FROM (${INVITEE_VALUES.map((column) => `excluded.${column}`).join(', ')})
                       THEN :now::timestamptz ELSE i.updated_at END
   RETURNING i.id`,
);

const LIST_HOLDS = statement<HoldRow>(
  'spaces.booking.holds_in',
  `SELECT original_start, starts_at AS start, ends_at AS "end", status FROM spaces.holds
    WHERE organization_id = :organization_id AND event_id = :event_id AND space_id = :space_id AND status <> 'cancelled'
    ORDER BY starts_at`,
);

// An exception keeps the columns that it has changed itself.
const UPDATE_EXCEPTIONS = statement<{ id: number }>(
  'spaces.booking.follow_series',
  `UPDATE spaces.events e SET
     ${INHERITED_COLUMNS.map(
       (column) =>
         `${column} = CASE WHEN e.${column} IS NOT DISTINCT FROM b.${column} THEN a.${column} ELSE e.${column} END`,
     ).join(', ')},
     updated_at = :now
    FROM jsonb_populate_record(NULL::spaces.events, :before::jsonb) b,
         jsonb_populate_record(NULL::spaces.events, :after::jsonb) a
   WHERE e.organization_id = :organization_id AND e.series_id = :series_id RETURNING e.id`,
);

/** Changes bookings inside a transaction; every statement is restricted to one organization. */
export class SpaceChangesRepository extends StatementRepository<SpaceEvent> {
  static readonly entity = SpaceEvent;

  /** Returns whether the event still existed. `held_until` only changes with the event's times. */
  async changeEvent(
    organization_id: number,
    id: number,
    values: ChangedValues,
    timesChanged: boolean,
    now: Instant,
  ): Promise<boolean> {
    const { held_until, ...others } = values;
    const change = { ...others, ...(timesChanged && { held_until }), updated_at: now };
    const { affected } = await this.update({ organization_id, id }, change);
    return affected === 1;
  }

  /** Replaces the list of invitees; those who were on it before keep their ids, and when they were invited. */
  async replaceInvitees(
    organization_id: number,
    id: number,
    invitees: readonly InviteeInput[],
    now: Instant,
  ): Promise<void> {
    const values = { organization_id, id, invitees: JSON.stringify(invitees), now };
    await this.all(READDRESS_INVITEES, values);
    await this.all(DELETE_OTHER_INVITEES, values);
    await this.all(UPSERT_INVITEES, values);
  }

  async moveSingle(
    organization_id: number,
    event_id: number,
    to: Pick<SpaceHold, 'space_id' | 'starts_at' | 'ends_at'>,
  ): Promise<void> {
    await this.manager.update(SpaceHold, { organization_id, event_id }, to);
  }

  /** Returns whether the occurrence still existed. */
  async moveOccurrence(
    organization_id: number,
    { event_id, original_start }: Pick<SpaceHold, 'event_id' | 'original_start'>,
    to: Pick<SpaceHold, 'detail_id' | 'space_id' | 'starts_at' | 'ends_at'>,
  ): Promise<boolean> {
    const key = { organization_id, event_id, original_start, status: Not('cancelled' as const) };
    const { affected } = await this.manager.update(SpaceHold, key, { ...to, status: 'confirmed' });
    return affected === 1;
  }

  /** The confirmed and skipped occurrences of a series in one space. */
  listHolds(organization_id: number, event_id: number, space_id: number): Promise<HoldRow[]> {
    return this.all(LIST_HOLDS, { organization_id, event_id, space_id });
  }

  /** Sets whether occurrences occupy their space. */
  async setStatus(
    organization_id: number,
    event_id: number,
    holds: readonly HoldRow[],
    status: HoldRow['status'],
  ): Promise<void> {
    if (holds.length === 0) return;
    const original_start = Any(holds.map((hold) => hold.original_start));
    await this.manager.update(SpaceHold, { organization_id, event_id, original_start }, { status });
  }

  /** Applies changes to the exceptions and holds of a series; what an exception has changed itself is kept. */
  async changeExceptions(
    organization_id: number,
    before: SpaceEventRow,
    after: ChangedValues,
    now: Instant,
  ): Promise<void> {
    const { event_id, space_id } = before;
    await this.all(UPDATE_EXCEPTIONS, {
      organization_id,
      series_id: event_id,
      now,
      before: JSON.stringify(before, INHERITED_COLUMNS),
      after: JSON.stringify(after, INHERITED_COLUMNS),
    });
    if (space_id === after.space_id) return;
    await this.manager.update(
      SpaceHold,
      { organization_id, event_id, space_id },
      { space_id: after.space_id },
    );
  }

  /** Deletes all occurrences and exceptions of an event, to be replaced by new ones. */
  async deleteOccurrences(organization_id: number, event_id: number): Promise<void> {
    await this.manager.delete(SpaceHold, { organization_id, event_id });
    await this.delete({ organization_id, series_id: event_id });
  }
}
