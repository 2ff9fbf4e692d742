import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database, type Transaction } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import { HOLD_DETAIL, inviteesOf } from '../events/space-event.columns.js';
import type { EventAccess } from '../events/space-event.rights.js';
import { chunksOf, timesOf } from '../events/space-hold.columns.js';
import type { Occurrence } from '../series/space-occurrences.js';

/** A conflicting booking, and the requested time that it overlaps. */
export interface ClashRow extends EventAccess {
  readonly wanted_start: Instant;
  readonly wanted_end: Instant;
  readonly event_id: number;
  readonly original_start: Instant;
  readonly is_occurrence: boolean;
  readonly starts_at: Instant;
  readonly ends_at: Instant;
  readonly title: string;
}

/** Holds ignored by conflict checks: all of an event, or those of one occurrence. */
export interface OwnHolds {
  readonly eventId: number;
  readonly originalStart?: Instant;
}

export interface GapRow {
  readonly free_from: Instant;
  readonly free_until: Instant;
}

const ZONE = statement<{ time_zone: string }>(
  'spaces.booking.zone',
  `SELECT l.time_zone FROM spaces.spaces s
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
    WHERE s.organization_id = $1 AND s.id = $2`,
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

// Bookings of a space never overlap, so ordering by end is also ordering by start.
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

/** Finds conflicting bookings and free times; every statement is restricted to one organization. */
@Injectable()
export class SpaceClashesRepository {
  constructor(private readonly database: Database) {}

  /** Time zone of a space's location. */
  async findZone(organizationId: number, id: number): Promise<string> {
    return (await this.database.one(ZONE, [organizationId, id]))?.time_zone ?? 'UTC';
  }

  /**
   * The first requested time that overlaps a booking, with the first booking that it overlaps. Outside a transaction
   * this is only a preliminary check: a free time may be taken a moment later.
   */
  async findFirstClash(
    transaction: Transaction | undefined,
    organizationId: number,
    spaceId: number,
    occurrences: readonly Occurrence[],
    ownHolds?: OwnHolds,
  ): Promise<ClashRow | undefined> {
    for (const chunk of chunksOf(occurrences)) {
      const values = [organizationId, spaceId, ...timesOf(chunk), ownHolds?.eventId, ownHolds?.originalStart];
      const clash = await (transaction ?? this.database).one(FIRST_CLASH, values);
      if (clash !== undefined) return clash;
    }
    return undefined;
  }

  /** Starts of all requested times that overlap a booking. */
  async listClashing(
    transaction: Transaction,
    organizationId: number,
    spaceId: number,
    occurrences: readonly Occurrence[],
    ownHolds?: OwnHolds,
  ): Promise<ReadonlySet<Instant>> {
    const found = new Set<Instant>();
    for (const chunk of chunksOf(occurrences)) {
      const values = [organizationId, spaceId, ...timesOf(chunk), ownHolds?.eventId, ownHolds?.originalStart];
      for (const row of await transaction.all(CLASHING, values)) found.add(row.wanted_start);
    }
    return found;
  }

  /** The first three gaps of at least this length within the range; the last one may extend to its end. */
  async listGaps(
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
}
