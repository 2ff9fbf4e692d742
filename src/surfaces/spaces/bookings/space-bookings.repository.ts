import { invalidField, type Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { batchedRead } from '../../../database/batched-read.js';
import { columnTypes, insertValues } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { NewBooking } from './space-booking-batcher.js';
import { VALUE_COLUMNS, type EventValues } from './space-booking.values.js';
import { EVENT_COLUMNS, inviteesOf, type SpaceEventRow } from '../events/space-event.columns.js';
import { SpaceEvent } from '../events/space-event.entity.js';
import type { EventRef } from '../events/space-event.id.js';
import { chunksOf, statusesOf, timesOf } from '../events/space-hold.columns.js';
import type { InviteeInput } from '../events/space-invitees.js';
import { insertInvitees } from '../events/space-invitees.statement.js';
import type { Occurrence } from '../series/space-occurrences.js';
import { eventNotFound, remoteIdTaken } from '../spaces.failures.js';

/** A space with the related data that a booking needs. */
export interface BookableSpace {
  readonly id: number;
  readonly name: string;
  readonly is_disabled: boolean;
  readonly time_zone: string;
  readonly booker_email: string | null;
  readonly booker_name: string | null;
  readonly organizer_id: number | null;
  readonly organizer_email: string | null;
  readonly creator_id: number | null;
  readonly creator_email: string | null;
}

/** People referenced by a booking, by id or e-mail address. */
export interface NamedPeople {
  readonly booker_id: number | null;
  readonly organizer_id: number | null;
  readonly organizer_email: string | null;
  readonly creator_id: number | null;
  readonly creator_email: string | null;
}

const FIND_SPACE = batchedRead<BookableSpace>(
  'spaces.booking.find_space',
  {
    organization_id: 'integer',
    space_id: 'integer',
    booker_id: 'integer',
    organizer_id: 'integer',
    organizer_email: 'citext',
    creator_id: 'integer',
    creator_email: 'citext',
  },
  `SELECT input.n, s.id, s.name, s.is_disabled, l.time_zone, b.email::text AS booker_email, b.name AS booker_name,
          o.id AS organizer_id, o.email AS organizer_email, c.id AS creator_id, c.email AS creator_email
     FROM {input}
     JOIN spaces.spaces s ON s.organization_id = input.organization_id AND s.id = input.space_id
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
     LEFT JOIN tenancy.members b ON b.organization_id = input.organization_id AND b.id = input.booker_id
     LEFT JOIN LATERAL (
       SELECT m.id, m.email::text FROM tenancy.members m
        WHERE m.organization_id = input.organization_id AND m.id = input.organizer_id
       UNION ALL
       SELECT m.id, m.email::text FROM tenancy.members m
        WHERE m.organization_id = input.organization_id AND m.email = input.organizer_email AND input.organizer_id IS NULL) o ON true
     LEFT JOIN LATERAL (
       SELECT m.id, m.email::text FROM tenancy.members m
        WHERE m.organization_id = input.organization_id AND m.id = input.creator_id
       UNION ALL
       SELECT m.id, m.email::text FROM tenancy.members m
        WHERE m.organization_id = input.organization_id AND m.email = input.creator_email AND input.creator_id IS NULL) c ON true`,
);

// Rows are always locked in order of id, so two bookings of the same spaces cannot deadlock. `lock_timeout` is set
// before the first row is locked.
const LOCK_SPACES = statement<{ id: number }>(
  'spaces.booking.lock_spaces',
  `WITH setting AS MATERIALIZED (SELECT set_config('lock_timeout', :lock_timeout, true))
   SELECT s.id FROM setting, spaces.spaces s
    WHERE s.organization_id = :organization_id AND s.id = ANY (:ids::integer[])
    ORDER BY s.id FOR NO KEY UPDATE OF s`,
);

const INSERT_INTO_HOLDS = `INSERT INTO spaces.holds
  (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)`;

/** Occurrences `w`. */
const OCCURRENCES = `unnest(:starts::timestamptz[], :ends::timestamptz[], :statuses::text[])
  AS w (starts_at, ends_at, status)`;

const INSERT = statement<SpaceEventRow>(
  'spaces.booking.insert',
  `WITH e AS (
     INSERT INTO spaces.events ${insertValues(SpaceEvent, { id: 'DEFAULT', created_at: ':now', updated_at: ':now' })}
     RETURNING *),
   i AS (${insertInvitees({ event: 'e', from: 'e', list: ':invitees', now: ':now' })}
     ON CONFLICT ON CONSTRAINT uq_invitees_email DO NOTHING RETURNING *),
   h AS (
     ${INSERT_INTO_HOLDS}
     SELECT e.organization_id, e.id, w.starts_at, e.id, e.space_id, w.starts_at, w.ends_at, w.status
       FROM e, ${OCCURRENCES})
   SELECT ${EVENT_COLUMNS}, ${inviteesOf('i')} FROM e`,
);

const TYPES = columnTypes(SpaceEvent);
const BOOKED_COLUMNS = ['organization_id', ...VALUE_COLUMNS] as const;
const TYPED_COLUMNS = BOOKED_COLUMNS.map((column) => `${column} ${TYPES.get(column)}`).join(', ');

/**
 * Inserts complete single bookings that do not overlap each other: checks for overlaps, locks the spaces, inserts. SKIP
 * LOCKED means that it never waits, so it can run on a shared connection; bookings of spaces that are already locked
 * are not inserted. What gets booked between the check and the lock is rejected by the exclusion constraint.
 */
const INSERT_WHERE_FREE = statement<SpaceEventRow & { readonly n: number }>(
  'spaces.booking.insert_where_free',
  `WITH free AS MATERIALIZED (
     SELECT b.*
       FROM jsonb_to_recordset(:bookings::jsonb)
              AS b (n integer, ${TYPED_COLUMNS}, invitees jsonb, now timestamptz)
      WHERE NOT EXISTS (
        SELECT FROM spaces.holds h
         WHERE h.organization_id = b.organization_id AND h.space_id = b.space_id AND h.status = 'confirmed'
           AND tstzrange(h.starts_at, h.ends_at) && tstzrange(b.starts_at, b.ends_at))),
   locked AS MATERIALIZED (
     SELECT s.organization_id, s.id AS space_id FROM spaces.spaces s
      WHERE (s.organization_id, s.id) IN (SELECT organization_id, space_id FROM free)
        FOR NO KEY UPDATE SKIP LOCKED),
   e AS (
     INSERT INTO spaces.events (${BOOKED_COLUMNS.join(', ')}, created_at, updated_at)
     SELECT ${BOOKED_COLUMNS.join(', ')}, now, now FROM free JOIN locked USING (organization_id, space_id)
     RETURNING *),
   i AS (${insertInvitees({ event: 'e', from: 'e JOIN free USING (organization_id, space_id, starts_at)', list: 'free.invitees', now: 'free.now' })}
     ON CONFLICT ON CONSTRAINT uq_invitees_email DO NOTHING RETURNING *),
   h AS (
     ${INSERT_INTO_HOLDS}
     SELECT organization_id, id, starts_at, id, space_id, starts_at, ends_at, 'confirmed' FROM e)
   SELECT free.n, ${EVENT_COLUMNS}, ${inviteesOf('i')}
     FROM e JOIN free USING (organization_id, space_id, starts_at)`,
);

const INSERT_HOLDS = statement<{ original_start: Instant }>(
  'spaces.booking.insert_holds',
  `${INSERT_INTO_HOLDS}
   SELECT :organization_id, :event_id, w.starts_at, :event_id, :space_id, w.starts_at, w.ends_at, w.status
     FROM ${OCCURRENCES}
   ON CONFLICT ON CONSTRAINT pk_holds DO NOTHING
   RETURNING original_start`,
);

const MAY_CHANGE = `(:is_admin::boolean OR e.organizer_id = :member_id OR e.creator_id = :member_id)`;

const DELETE = statement<{ event_id: number }>(
  'spaces.booking.delete',
  `DELETE FROM spaces.events e
    WHERE e.organization_id = :organization_id AND e.id = :event_id AND e.series_id IS NULL AND ${MAY_CHANGE}
   RETURNING e.id AS event_id`,
);

const CANCEL = statement<{ event_id: number }>(
  'spaces.booking.cancel',
  `UPDATE spaces.holds h SET status = 'cancelled' FROM spaces.events e
    WHERE h.organization_id = :organization_id AND h.event_id = :event_id AND h.original_start = :original_start
      AND h.status <> 'cancelled'
      AND e.organization_id = :organization_id AND e.id = h.detail_id
      AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) AND ${MAY_CHANGE}
   RETURNING h.event_id`,
);

/** The constraint that two confirmed holds of a space never overlap. */
export const NO_OVERLAP = 'ex_holds_no_overlap';

/** What a violated constraint means to whoever books. */
export const BOOKING_FAILURES: Readonly<Record<string, () => Failure>> = {
  uq_events_remote_id: remoteIdTaken,
  // The series was deleted between the read and the write.
  fk_events_series: eventNotFound,
  fk_holds_event: eventNotFound,
  fk_holds_detail: eventNotFound,
  'not null: email': () => invalidField('invitees', 'invitees name a user that is not of your organization'),
};

/** Writes bookings; every statement is restricted to one organization. */
export class SpaceBookingsRepository extends StatementRepository<SpaceEvent> {
  static readonly entity = SpaceEvent;

  /** The space and the people referenced by the booking; `undefined` if there is no such space. */
  async findSpace(
    organization_id: number,
    space_id: number,
    people: NamedPeople,
  ): Promise<BookableSpace | undefined> {
    const { booker_id, organizer_id, organizer_email, creator_id, creator_email } = people;
    const key = [
      organization_id,
      space_id,
      booker_id,
      organizer_id,
      organizer_email,
      creator_id,
      creator_email,
    ];
    return (await this.readBatched(FIND_SPACE, key))[0];
  }

  /**
   * Locks spaces until the end of the transaction and returns how many of them exist. Waits at most `milliseconds`, also
   * for any lock that the transaction needs later; 0 means no limit beyond the statement timeout.
   */
  async lockSpaces(organization_id: number, ids: readonly number[], milliseconds: number): Promise<number> {
    const values = { organization_id, ids, lock_timeout: String(milliseconds) };
    return (await this.all(LOCK_SPACES, values)).length;
  }

  /**
   * Inserts the single bookings that can be inserted without waiting; they must not overlap each other. Results are in
   * input order, `undefined` for the others.
   */
  async insertWhereFree(bookings: readonly NewBooking[]): Promise<(SpaceEventRow | undefined)[]> {
    const list = bookings.map(({ organizationId, values, invitees, now }, n) => ({
      n,
      organization_id: organizationId,
      ...values,
      invitees,
      now,
    }));
    const events: (SpaceEventRow | undefined)[] = new Array(bookings.length);
    const values = {
      organization_ids: list.map(({ organization_id }) => organization_id),
      bookings: JSON.stringify(list),
    };
    for (const { n, ...event } of await this.all(INSERT_WHERE_FREE, values)) events[n] = event;
    return events;
  }

  /** Inserts an event with its invitees and holds; holds of the times in `skipped` do not occupy the space. */
  async insertEvent(
    organization_id: number,
    values: EventValues,
    invitees: readonly InviteeInput[],
    now: Instant,
    holds: {
      readonly series_id?: number;
      readonly occurrences: readonly Occurrence[];
      readonly skipped?: ReadonlySet<Instant>;
    },
  ): Promise<SpaceEventRow> {
    const { series_id, occurrences, skipped } = holds;
    const [first = [], ...rest] = chunksOf(occurrences);
    const event = await this.one(INSERT, {
      organization_id,
      ...values,
      series_id,
      invitees: JSON.stringify(invitees),
      now,
      ...timesOf(first),
      statuses: statusesOf(first, skipped),
    });
    if (event === undefined) throw new Error('An insert answered no row.');
    await this.insertHolds(organization_id, event.event_id, values.space_id, rest.flat(), skipped);
    return event;
  }

  /** Adds occurrences to a series; existing ones are left unchanged. */
  async insertHolds(
    organization_id: number,
    event_id: number,
    space_id: number,
    occurrences: readonly Occurrence[],
    skipped?: ReadonlySet<Instant>,
  ): Promise<void> {
    for (const chunk of chunksOf(occurrences)) {
      const statuses = statusesOf(chunk, skipped);
      await this.all(INSERT_HOLDS, { organization_id, event_id, space_id, ...timesOf(chunk), statuses });
    }
  }

  /**
   * Deletes an event, or cancels the occurrence if `originalStart` is given, if the member may change it
   * (administrators: always). Returns whether there was one.
   */
  async deleteEvent(
    organization_id: number,
    { eventId: event_id, originalStart: original_start }: EventRef,
    member_id: number | null,
    is_admin: boolean,
  ): Promise<boolean> {
    const values = { organization_id, event_id, original_start, member_id, is_admin };
    return (await this.one(original_start === undefined ? DELETE : CANCEL, values)) !== undefined;
  }
}
