import { Injectable } from '@nestjs/common';
import { invalidField, type Failure } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import { Database, type Transaction } from '../../../database/database.js';
import { refusedBy, whenRefused } from '../../../database/failures.js';
import { batchedRead } from '../../../database/batched-read.js';
import { statement } from '../../../database/statement.js';
import { BookingBatches, type NewBooking } from './space-booking-batcher.js';
import { storeWhereFree } from './space-booking-batches.repository.js';
import { columnsOf, VALUE_COLUMNS, type EventValues } from './space-booking.values.js';
import type { Deadline } from './space-deadline.js';
import { EVENT_COLUMNS, inviteesOf, type SpaceEventRow } from '../events/space-event.columns.js';
import { chunksOf, statusesOf, timesOf } from '../events/space-hold.columns.js';
import type { InviteeInput } from '../events/space-invitees.js';
import { insertInvitees } from '../events/space-invitees.statement.js';
import { SpaceLockQueue } from './space-lock-queue.js';
import type { Occurrence } from '../series/space-occurrences.js';
import { eventNotFound, remoteIdTaken, spaceBusy, spaceNotFound } from '../spaces.failures.js';

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
  readonly organizer_name: string | null;
  readonly creator_id: number | null;
  readonly creator_email: string | null;
}

/** People referenced by a booking, by id or e-mail address. */
export interface NamedPeople {
  readonly bookerId: number | null;
  readonly organizerId: number | null;
  readonly organizerEmail: string | null;
  readonly creatorId: number | null;
  readonly creatorEmail: string | null;
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
          o.id AS organizer_id, o.email AS organizer_email, o.name AS organizer_name,
          c.id AS creator_id, c.email AS creator_email
     FROM {input}
     JOIN spaces.spaces s ON s.organization_id = input.organization_id AND s.id = input.space_id
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
     LEFT JOIN tenancy.members b ON b.organization_id = input.organization_id AND b.id = input.booker_id
     LEFT JOIN LATERAL (
       SELECT m.id, m.email::text, m.name FROM tenancy.members m
        WHERE m.organization_id = input.organization_id AND m.id = input.organizer_id
       UNION ALL
       SELECT m.id, m.email::text, m.name FROM tenancy.members m
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
  `WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', $3, true))
   SELECT s.id FROM patience, spaces.spaces s WHERE s.organization_id = $1 AND s.id = ANY ($2::integer[])
    ORDER BY s.id FOR NO KEY UPDATE OF s`,
);

const INSERT = statement<SpaceEventRow>(
  'spaces.booking.insert',
  `WITH e AS (
     INSERT INTO spaces.events (${VALUE_COLUMNS}, recurrence, held_until, series_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $23, $24,
             $22, $22)
     RETURNING *),
   i AS (${insertInvitees({ event: 'e', from: 'e', list: '$21', now: '$22' })}
     ON CONFLICT ON CONSTRAINT uq_invitees_email DO NOTHING RETURNING *),
   h AS (
     INSERT INTO spaces.holds
       (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
     SELECT $1, e.id, w.starts_at, e.id, $2, w.starts_at, w.ends_at, w.status
       FROM e, unnest($25::timestamptz[], $26::timestamptz[], $27::text[]) AS w (starts_at, ends_at, status))
   SELECT ${EVENT_COLUMNS}, ${inviteesOf('i')} FROM e`,
);

const INSERT_HOLDS = statement<{ original_start: Instant }>(
  'spaces.booking.insert_holds',
  `INSERT INTO spaces.holds
     (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
   SELECT $1, $2, w.starts_at, $2, $3, w.starts_at, w.ends_at, w.status
     FROM unnest($4::timestamptz[], $5::timestamptz[], $6::text[]) AS w (starts_at, ends_at, status)
   ON CONFLICT ON CONSTRAINT pk_holds DO NOTHING
   RETURNING original_start`,
);

const MAY_CHANGE = `($3::boolean OR e.organizer_id = $4 OR e.creator_id = $4)`;

const DELETE = statement<{ id: number }>(
  'spaces.booking.delete',
  `DELETE FROM spaces.events e WHERE e.organization_id = $1 AND e.id = $2 AND e.series_id IS NULL AND ${MAY_CHANGE}
   RETURNING e.id`,
);

const CANCEL = statement<{ event_id: number }>(
  'spaces.booking.cancel',
  `UPDATE spaces.holds h SET status = 'cancelled' FROM spaces.events e
    WHERE h.organization_id = $1 AND h.event_id = $2 AND h.original_start = $5 AND h.status <> 'cancelled'
      AND e.organization_id = $1 AND e.id = h.detail_id AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL)
      AND ${MAY_CHANGE}
   RETURNING h.event_id`,
);

const NO_OVERLAP = 'ex_holds_no_overlap';
const MAX_ATTEMPTS = 3;
/** Bookings with more invitees do not share a statement with others. */
const MAX_BATCHED_INVITEES = 50;

const CONSTRAINT_FAILURES: Readonly<Record<string, () => Failure>> = {
  uq_events_remote_id: remoteIdTaken,
  // The series was deleted between the read and the write.
  fk_events_series: eventNotFound,
  fk_holds_event: eventNotFound,
  fk_holds_detail: eventNotFound,
  'not null: email': () => invalidField('invitees', 'invitees name a user that is not of your organization'),
};

/** Writes bookings; every statement is restricted to one organization. */
@Injectable()
export class SpaceBookingsRepository {
  private readonly queue = new SpaceLockQueue();
  private readonly batches = new BookingBatches((bookings) => storeWhereFree(this.database, bookings));

  constructor(private readonly database: Database) {}

  /** The space and the people referenced by the booking; `undefined` if there is no such space. */
  async findSpace(
    organizationId: number,
    id: number,
    people: NamedPeople,
  ): Promise<BookableSpace | undefined> {
    const [space] = await this.database.readBatched(FIND_SPACE, [
      organizationId,
      id,
      people.bookerId,
      people.organizerId,
      people.organizerEmail,
      people.creatorId,
      people.creatorEmail,
    ]);
    return space;
  }

  /**
   * Runs `work` in a transaction with the spaces locked. The lock serializes concurrent bookings; if one slips past it,
   * the exclusion constraint rejects it, and the retry finds the conflicting booking. Nothing starts after the
   * deadline.
   */
  async withSpacesLocked<T>(
    organizationId: number,
    spaceIds: readonly number[],
    work: (transaction: Transaction) => Promise<T>,
    deadline?: Deadline,
  ): Promise<T> {
    const ids = [...new Set(spaceIds)];
    const runLocked = (): Promise<T> =>
      this.database.transaction(async (transaction) => {
        if (deadline?.remaining === 0) throw spaceBusy();
        // 0 means no limit beyond the statement timeout.
        const lockTimeout = String(deadline?.remaining ?? 0);
        const locked = await transaction.all(LOCK_SPACES, [organizationId, ids, lockTimeout]);
        if (locked.length < ids.length) throw spaceNotFound();
        return whenRefused(work(transaction), CONSTRAINT_FAILURES);
      });
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.queue.run(ids.map(String), runLocked, deadline);
      } catch (error) {
        if (refusedBy(error) !== NO_OVERLAP || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Inserts a single event if the time is free and the space is not locked. Otherwise returns `undefined`;
   * `withSpacesLocked` then waits for the lock and finds the conflict.
   */
  async insertWhereFree(booking: NewBooking): Promise<SpaceEventRow | undefined> {
    // Queued bookings of the space go first, and a long list of invitees would delay the rest of the batch.
    if (this.queue.isBusy(String(booking.values.spaceId)) || booking.invitees.length > MAX_BATCHED_INVITEES)
      return undefined;
    try {
      return await whenRefused(this.batches.add(booking), CONSTRAINT_FAILURES);
    } catch (error) {
      if (refusedBy(error) === NO_OVERLAP) return undefined;
      throw error;
    }
  }

  /** Inserts an event with its invitees and holds; holds of the times in `skipped` do not occupy the space. */
  async insert(
    transaction: Transaction,
    organizationId: number,
    values: EventValues,
    invitees: readonly InviteeInput[],
    now: Instant,
    holds: {
      readonly seriesId?: number;
      readonly occurrences: readonly Occurrence[];
      readonly skipped?: ReadonlySet<Instant>;
    },
  ): Promise<SpaceEventRow> {
    const { occurrences, skipped } = holds;
    const [first = [], ...rest] = chunksOf(occurrences);
    const event = await transaction.one(INSERT, [
      organizationId,
      ...Object.values(columnsOf(values)),
      values.recurrence,
      JSON.stringify(invitees),
      now,
      values.heldUntil,
      holds.seriesId,
      ...timesOf(first),
      statusesOf(first, skipped),
    ]);
    if (event === undefined) throw new Error('An insert answered no row.');
    await this.insertHolds(transaction, organizationId, event.event_id, values.spaceId, rest.flat(), skipped);
    return event;
  }

  /** Adds occurrences to a series; existing ones are left unchanged. */
  async insertHolds(
    transaction: Transaction,
    organizationId: number,
    eventId: number,
    spaceId: number,
    occurrences: readonly Occurrence[],
    skipped?: ReadonlySet<Instant>,
  ): Promise<void> {
    for (const chunk of chunksOf(occurrences)) {
      const values = [organizationId, eventId, spaceId, ...timesOf(chunk), statusesOf(chunk, skipped)];
      await transaction.all(INSERT_HOLDS, values);
    }
  }

  /** Deletes an event that the member may change (any event, for administrators). Returns whether there was one. */
  async delete(
    organizationId: number,
    id: number,
    memberId: number | null,
    isAdmin: boolean,
  ): Promise<boolean> {
    return (await this.database.one(DELETE, [organizationId, id, isAdmin, memberId])) !== undefined;
  }

  /** The same for one occurrence, which is cancelled. */
  async cancel(
    organizationId: number,
    id: number,
    originalStart: Instant,
    memberId: number | null,
    isAdmin: boolean,
  ): Promise<boolean> {
    const values = [organizationId, id, isAdmin, memberId, originalStart];
    return (await this.database.one(CANCEL, values)) !== undefined;
  }
}
