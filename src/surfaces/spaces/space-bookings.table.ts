import { Injectable } from '@nestjs/common';
import { invalidField, type Failure } from '../../core/failure.js';
import type { Instant } from '../../core/instant.js';
import { Database, type Transaction } from '../../database/database.js';
import { refusedBy, whenRefused } from '../../database/failures.js';
import { statement } from '../../database/statement.js';
import type { EventPeople } from './space-event.rights.js';
import { EVENT_COLUMNS, HOLD_DETAIL, inviteesOf, type SpaceEventRow } from './space-event.columns.js';
import type { GivenInvitee } from './space-invitees.js';
import type { Occurrence } from './space-occurrences.js';
import type { ZonedTime } from './space-time.js';
import type { CreationType, Visibility } from './spaces.fields.js';
import { eventNotFound, remoteIdTaken, spaceNotFound } from './spaces.failures.js';

/** A space with what a booking needs to know beside it. */
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

/** People that a booking names, by id or by address. */
export interface NamedPeople {
  readonly bookerId: number | null;
  readonly organizerId: number | null;
  readonly organizerEmail: string | null;
  readonly creatorId: number | null;
  readonly creatorEmail: string | null;
}

/** All that is stored of an event beside its people's answers. */
export interface EventValues {
  readonly spaceId: number;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly isAllDay: boolean;
  readonly visibility: Visibility;
  readonly uid: string;
  readonly remoteEventId: string | null;
  readonly remoteType: string | null;
  readonly creationType: CreationType;
  readonly organizerId: number | null;
  readonly organizerEmail: string | null;
  readonly creatorId: number | null;
  readonly creatorEmail: string | null;
  readonly recurrence: readonly string[] | null;
  readonly heldUntil: Instant | null;
}

/** A booking that is in the way, and which of the wanted times it meets. */
export interface ClashRow extends EventPeople {
  readonly wanted_start: Instant;
  readonly wanted_end: Instant;
  readonly event_id: number;
  readonly original_start: Instant;
  readonly is_occurrence: boolean;
  readonly starts_at: Instant;
  readonly ends_at: Instant;
  readonly title: string;
}

/** What a check for clashes does not count: an event's own holds, or one of its occurrences. */
export interface Own {
  readonly eventId: number;
  readonly originalStart?: Instant;
}

export interface HoldRow {
  readonly original_start: Instant;
  readonly starts_at: Instant;
  readonly ends_at: Instant;
}

export interface GapRow {
  readonly free_from: Instant;
  readonly free_until: Instant;
}

const FIND_SPACE = statement<BookableSpace>(
  'spaces.booking.find_space',
  `SELECT s.id, s.name, s.is_disabled, l.time_zone, b.email::text AS booker_email, b.name AS booker_name,
          o.id AS organizer_id, o.email AS organizer_email, o.name AS organizer_name,
          c.id AS creator_id, c.email AS creator_email
     FROM spaces.spaces s
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
     LEFT JOIN tenancy.members b ON b.organization_id = $1 AND b.id = $3
     LEFT JOIN LATERAL (
       SELECT m.id, m.email::text, m.name FROM tenancy.members m WHERE m.organization_id = $1 AND m.id = $4
       UNION ALL
       SELECT m.id, m.email::text, m.name FROM tenancy.members m
        WHERE m.organization_id = $1 AND m.email = $5::citext AND $4 IS NULL) o ON true
     LEFT JOIN LATERAL (
       SELECT m.id, m.email::text FROM tenancy.members m WHERE m.organization_id = $1 AND m.id = $6
       UNION ALL
       SELECT m.id, m.email::text FROM tenancy.members m
        WHERE m.organization_id = $1 AND m.email = $7::citext AND $6 IS NULL) c ON true
    WHERE s.organization_id = $1 AND s.id = $2`,
);

const ZONE = statement<{ time_zone: string }>(
  'spaces.booking.zone',
  `SELECT l.time_zone FROM spaces.spaces s
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
    WHERE s.organization_id = $1 AND s.id = $2`,
);

// In the order of their ids, whoever locks: two bookings that need the same spaces wait, and never for each other.
const LOCK_SPACES = statement<{ id: number }>(
  'spaces.booking.lock_spaces',
  `SELECT id FROM spaces.spaces WHERE organization_id = $1 AND id = ANY ($2::integer[])
    ORDER BY id FOR NO KEY UPDATE`,
);

const WANTED = `unnest($3::timestamptz[], $4::timestamptz[]) AS w (starts_at, ends_at)
  JOIN spaces.holds h ON h.organization_id = $1 AND h.space_id = $2 AND h.status = 'confirmed'
   AND tstzrange(h.starts_at, h.ends_at) && tstzrange(w.starts_at, w.ends_at)
   AND NOT (h.event_id = coalesce($5::integer, 0)
            AND h.original_start = coalesce($6::timestamptz, h.original_start))`;

const FIRST_CLASH = statement<ClashRow>(
  'spaces.booking.first_clash',
  `SELECT w.starts_at AS wanted_start, w.ends_at AS wanted_end, h.event_id, h.original_start, h.starts_at, h.ends_at,
          (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) AS is_occurrence,
          e.title, e.visibility, e.organizer_id, e.creator_id, ${inviteesOf('spaces.invitees')}
     FROM ${WANTED} JOIN ${HOLD_DETAIL}
    ORDER BY w.starts_at, h.starts_at LIMIT 1`,
);

const CLASHING = statement<{ wanted_start: Instant }>(
  'spaces.booking.clashing',
  `SELECT DISTINCT w.starts_at AS wanted_start FROM ${WANTED}`,
);

// Bookings of a space do not overlap, so the one before in the order of ends is the one before in time.
const GAPS = statement<GapRow>(
  'spaces.booking.gaps',
  `SELECT free_from, free_until FROM (
     SELECT greatest($3::timestamptz, lag(h.ends_at) OVER (ORDER BY h.ends_at)) AS free_from,
            h.starts_at AS free_until
       FROM spaces.holds h
      WHERE h.organization_id = $1 AND h.space_id = $2 AND h.status = 'confirmed'
        AND h.ends_at > $3 AND h.starts_at < $4 AND h.event_id <> coalesce($6::integer, 0)) g
    WHERE free_until - free_from >= $5::interval
    LIMIT 3`,
);

const LAST_END = statement<{ ends_at: Instant }>(
  'spaces.booking.last_end',
  `SELECT h.ends_at FROM spaces.holds h
    WHERE h.organization_id = $1 AND h.space_id = $2 AND h.status = 'confirmed' AND h.ends_at > $3
      AND h.starts_at < $4 AND h.event_id <> coalesce($5::integer, 0)
    ORDER BY h.ends_at DESC LIMIT 1`,
);

/** Invitees as they are given, `$21` the list and `$22` the time. */
const INVITE = (event: string): string => `
  INSERT INTO spaces.invitees AS i (organization_id, event_id, position, user_id, email, display_name, response_status,
                                    is_organizer, is_resource, created_at, updated_at)
  SELECT DISTINCT ON (coalesce(m.email, g.email)) $1::integer, ${event}.id, g.position, m.id, coalesce(m.email, g.email), coalesce(g.display_name, m.name),
         g.response_status, coalesce(g.is_organizer, coalesce(m.email, g.email) = ${event}.organizer_email, false),
         g.is_resource, $22::timestamptz, $22::timestamptz
    FROM ${event},
         ROWS FROM (jsonb_to_recordset($21::jsonb) AS (email citext, user_id integer, display_name text,
           response_status text, is_organizer boolean, is_resource boolean))
         WITH ORDINALITY AS g (email, user_id, display_name, response_status, is_organizer, is_resource, position)
         LEFT JOIN LATERAL (
           SELECT m.id, m.email, m.name FROM tenancy.members m WHERE m.organization_id = $1 AND m.id = g.user_id
           UNION ALL
           SELECT m.id, m.email, m.name FROM tenancy.members m
            WHERE m.organization_id = $1 AND m.email = g.email AND g.user_id IS NULL) m ON true
   ORDER BY coalesce(m.email, g.email), g.position`;

const INSERT = statement<SpaceEventRow>(
  'spaces.booking.insert',
  `WITH e AS (
     INSERT INTO spaces.events
       (organization_id, space_id, title, description, location, starts_at, start_zone, ends_at, end_zone, is_all_day,
        visibility, uid, remote_event_id, remote_type, creation_type, organizer_id, organizer_email, creator_id,
        creator_email, recurrence, held_until, series_id, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $23, $24,
             $22, $22)
     RETURNING *),
   i AS (${INVITE('e')} ON CONFLICT ON CONSTRAINT uq_invitees_email DO NOTHING RETURNING *),
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

const UPDATE = statement<{ id: number }>(
  'spaces.booking.update',
  `UPDATE spaces.events SET
     space_id = $3, title = $4, description = $5, location = $6, starts_at = $7, start_zone = $8, ends_at = $9,
     end_zone = $10, is_all_day = $11, visibility = $12, recurrence = $13,
     held_until = CASE WHEN $16::boolean THEN $14 ELSE held_until END, updated_at = $15
   WHERE organization_id = $1 AND id = $2 RETURNING id`,
);

const KEEP_INVITEES = statement<{ id: number }>(
  'spaces.booking.keep_invitees',
  `DELETE FROM spaces.invitees i WHERE i.organization_id = $1 AND i.event_id = $2 AND NOT EXISTS (
     SELECT FROM jsonb_to_recordset($3::jsonb) AS g (email citext, user_id integer)
       LEFT JOIN tenancy.members m ON m.organization_id = $1 AND m.id = g.user_id
      WHERE coalesce(m.email, g.email) = i.email) RETURNING i.id`,
);

// The numbers of parameters are those of INSERT, so that both can share how people are invited.
const INVITE_TO = statement<{ id: number }>(
  'spaces.booking.invite',
  `WITH e AS (SELECT id, organizer_email FROM spaces.events WHERE organization_id = $1 AND id = $2)
   ${INVITE('e').replaceAll('$21', '$3').replaceAll('$22', '$4')}
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

const MOVE_SERIES = statement<{ event_id: number }>(
  'spaces.booking.move_series',
  `UPDATE spaces.holds SET space_id = $4 WHERE organization_id = $1 AND event_id = $2 AND space_id = $3
   RETURNING event_id`,
);

const HOLDS_IN = statement<HoldRow>(
  'spaces.booking.holds_in',
  `SELECT original_start, starts_at, ends_at FROM spaces.holds
    WHERE organization_id = $1 AND event_id = $2 AND space_id = $3 AND status = 'confirmed' ORDER BY starts_at`,
);

/** What an exception did not change itself follows the series; each pair is the value before and after. */
const FOLLOW_SERIES = statement<{ id: number }>(
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

const DROP_HOLDS = statement<{ event_id: number }>(
  'spaces.booking.drop_holds',
  `DELETE FROM spaces.holds WHERE organization_id = $1 AND event_id = $2 RETURNING event_id`,
);

const DROP_EXCEPTIONS = statement<{ id: number }>(
  'spaces.booking.drop_exceptions',
  `DELETE FROM spaces.events WHERE organization_id = $1 AND series_id = $2 RETURNING id`,
);

const MINE = `($3::boolean OR e.organizer_id = $4 OR e.creator_id = $4)`;

const DELETE = statement<{ id: number }>(
  'spaces.booking.delete',
  `DELETE FROM spaces.events e WHERE e.organization_id = $1 AND e.id = $2 AND e.series_id IS NULL AND ${MINE}
   RETURNING e.id`,
);

const CANCEL = statement<{ event_id: number }>(
  'spaces.booking.cancel',
  `UPDATE spaces.holds h SET status = 'cancelled' FROM spaces.events e
    WHERE h.organization_id = $1 AND h.event_id = $2 AND h.original_start = $5 AND h.status <> 'cancelled'
      AND e.organization_id = $1 AND e.id = h.detail_id AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL)
      AND ${MINE}
   RETURNING h.event_id`,
);

/** Rows of a series that are written or looked up at once, so that no statement runs long. */
const CHUNK = 1000;

const NO_OVERLAP = 'ex_holds_no_overlap';
const ATTEMPTS = 3;

const REFUSALS: Readonly<Record<string, () => Failure>> = {
  uq_events_remote_id: remoteIdTaken,
  // Its series was deleted between the look at it and the write.
  fk_events_series: eventNotFound,
  fk_holds_event: eventNotFound,
  fk_holds_detail: eventNotFound,
  'not null: email': () => invalidField('invitees', 'invitees name a user that is not of your organization'),
};

/** The bookings of all organizations, as they are written; every statement is bound to one. */
@Injectable()
export class SpaceBookings {
  constructor(private readonly database: Database) {}

  /** The space with the people that a booking names; nothing for a space that is not there. */
  findSpace(organizationId: number, id: number, people: NamedPeople): Promise<BookableSpace | undefined> {
    return this.database.one(FIND_SPACE, [
      organizationId,
      id,
      people.bookerId,
      people.organizerId,
      people.organizerEmail,
      people.creatorId,
      people.creatorEmail,
    ]);
  }

  /** The zone on the clocks of a space. */
  async zoneOf(organizationId: number, id: number): Promise<string> {
    return (await this.database.one(ZONE, [organizationId, id]))?.time_zone ?? 'UTC';
  }

  /**
   * Runs a booking alone in its spaces. The lock is what keeps racing bookings short; should one slip past it, the
   * constraint refuses it, and looking again finds what it met.
   */
  async inSpaces<T>(
    organizationId: number,
    spaceIds: readonly number[],
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const ids = [...new Set(spaceIds)];
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction(async (transaction) => {
          const locked = await transaction.all(LOCK_SPACES, [organizationId, ids]);
          if (locked.length < ids.length) throw spaceNotFound();
          return whenRefused(work(transaction), REFUSALS);
        });
      } catch (error) {
        if (refusedBy(error) !== NO_OVERLAP || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** The earliest of the wanted times that meets a booking, with the first booking that it meets. */
  async firstClash(
    transaction: Transaction,
    organizationId: number,
    spaceId: number,
    wanted: readonly Occurrence[],
    own?: Own,
  ): Promise<ClashRow | undefined> {
    for (const chunk of chunksOf(wanted)) {
      const values = [organizationId, spaceId, ...timesOf(chunk), own?.eventId, own?.originalStart];
      const clash = await transaction.one(FIRST_CLASH, values);
      if (clash !== undefined) return clash;
    }
    return undefined;
  }

  /** Starts of all the wanted times that meet a booking. */
  async clashing(
    transaction: Transaction,
    organizationId: number,
    spaceId: number,
    wanted: readonly Occurrence[],
    own?: Own,
  ): Promise<ReadonlySet<Instant>> {
    const found = new Set<Instant>();
    for (const chunk of chunksOf(wanted)) {
      const values = [organizationId, spaceId, ...timesOf(chunk), own?.eventId, own?.originalStart];
      for (const row of await transaction.all(CLASHING, values)) found.add(row.wanted_start);
    }
    return found;
  }

  /** Up to three gaps of a length between two times, the first ones; the last of them may be open to the end. */
  async gaps(
    organizationId: number,
    spaceId: number,
    range: { readonly from: Instant; readonly until: Instant },
    milliseconds: number,
    ownEventId: number | undefined,
  ): Promise<GapRow[]> {
    const { from, until } = range;
    const interval = `${milliseconds} milliseconds`;
    const gaps = await this.database.all(GAPS, [organizationId, spaceId, from, until, interval, ownEventId]);
    if (gaps.length === 3) return gaps;
    const last = await this.database.one(LAST_END, [organizationId, spaceId, from, until, ownEventId]);
    return [...gaps, { free_from: last?.ends_at ?? from, free_until: until }];
  }

  /** A new event with its invitees and its holds; of `skipped` times the hold holds nothing. */
  async insert(
    transaction: Transaction,
    organizationId: number,
    values: EventValues,
    invitees: readonly GivenInvitee[],
    now: Instant,
    holds: {
      readonly seriesId?: number;
      readonly wanted: readonly Occurrence[];
      readonly skipped?: ReadonlySet<Instant>;
    },
  ): Promise<SpaceEventRow> {
    const { wanted, skipped } = holds;
    const first = wanted.slice(0, CHUNK);
    const event = await transaction.one(INSERT, [
      organizationId,
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
      values.uid,
      values.remoteEventId,
      values.remoteType,
      values.creationType,
      values.organizerId,
      values.organizerEmail,
      values.creatorId,
      values.creatorEmail,
      values.recurrence,
      JSON.stringify(invitees),
      now,
      values.heldUntil,
      holds.seriesId,
      ...timesOf(first),
      statusesOf(first, skipped),
    ]);
    if (event === undefined) throw new Error('An insert answered no row.');
    const rest = wanted.slice(CHUNK);
    await this.insertHolds(transaction, organizationId, event.event_id, values.spaceId, rest, skipped);
    return event;
  }

  /** Adds occurrences to a series; those that are there already stay as they are. */
  async insertHolds(
    transaction: Transaction,
    organizationId: number,
    eventId: number,
    spaceId: number,
    wanted: readonly Occurrence[],
    skipped?: ReadonlySet<Instant>,
  ): Promise<void> {
    for (const chunk of chunksOf(wanted)) {
      const values = [organizationId, eventId, spaceId, ...timesOf(chunk), statusesOf(chunk, skipped)];
      await transaction.all(INSERT_HOLDS, values);
    }
  }

  /** Whether the event was still there. How far it is held changes only with its times. */
  async update(
    transaction: Transaction,
    organizationId: number,
    id: number,
    values: EventValues,
    movesTime: boolean,
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
      movesTime,
    ]);
    return updated !== undefined;
  }

  /** Makes a list the whole list; who was on it before keeps the id. */
  async replaceInvitees(
    transaction: Transaction,
    organizationId: number,
    id: number,
    invitees: readonly GivenInvitee[],
    now: Instant,
  ): Promise<void> {
    const list = JSON.stringify(invitees);
    await transaction.all(KEEP_INVITEES, [organizationId, id, list]);
    await transaction.all(INVITE_TO, [organizationId, id, list, now]);
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

  /** Whether the occurrence was still there. */
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

  /** What a series holds in one space. */
  holdsIn(transaction: Transaction, organizationId: number, id: number, spaceId: number): Promise<HoldRow[]> {
    return transaction.all(HOLDS_IN, [organizationId, id, spaceId]);
  }

  /** Takes a series with its exceptions to other values; what an exception changed itself, it keeps. */
  async followSeries(
    transaction: Transaction,
    organizationId: number,
    before: SpaceEventRow,
    after: EventValues,
    now: Instant,
  ): Promise<void> {
    await transaction.all(FOLLOW_SERIES, [
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
    await transaction.all(MOVE_SERIES, [organizationId, before.event_id, before.space_id, after.spaceId]);
  }

  /** Forgets all occurrences and exceptions of an event, for others to take their place. */
  async dropOccurrences(transaction: Transaction, organizationId: number, id: number): Promise<void> {
    await transaction.all(DROP_HOLDS, [organizationId, id]);
    await transaction.all(DROP_EXCEPTIONS, [organizationId, id]);
  }

  /** Whether an event was there that the person may delete; `anybody's` for administrators. */
  async delete(
    organizationId: number,
    id: number,
    memberId: number | null,
    anybodys: boolean,
  ): Promise<boolean> {
    return (await this.database.one(DELETE, [organizationId, id, anybodys, memberId])) !== undefined;
  }

  /** The same for one occurrence, which is cancelled. */
  async cancel(
    organizationId: number,
    id: number,
    originalStart: Instant,
    memberId: number | null,
    anybodys: boolean,
  ): Promise<boolean> {
    const values = [organizationId, id, anybodys, memberId, originalStart];
    return (await this.database.one(CANCEL, values)) !== undefined;
  }
}

function timesOf(occurrences: readonly Occurrence[]): [Instant[], Instant[]] {
  return [occurrences.map(({ start }) => start), occurrences.map(({ end }) => end)];
}

function statusesOf(occurrences: readonly Occurrence[], skipped: ReadonlySet<Instant> | undefined): string[] {
  return occurrences.map(({ start }) => (skipped?.has(start) === true ? 'skipped' : 'confirmed'));
}

function* chunksOf(occurrences: readonly Occurrence[]): Generator<readonly Occurrence[]> {
  for (let from = 0; from < occurrences.length; from += CHUNK) yield occurrences.slice(from, from + CHUNK);
}
