import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { HOLD_DETAIL, inviteesOf } from '../events/space-event.columns.js';
import type { EventAccess } from '../events/space-event.rights.js';
import { SpaceHold } from '../events/space-hold.entity.js';
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
  readonly event_id: number;
  readonly original_start?: Instant;
}

export interface GapRow {
  readonly free_from: Instant;
  readonly free_until: Instant;
}

const ZONE = statement<{ time_zone: string }>(
  'spaces.booking.zone',
  `SELECT l.time_zone FROM spaces.spaces s
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
    WHERE s.organization_id = :organization_id AND s.id = :space_id`,
);

/** The requested times `w` that overlap a hold `h` of another booking. */
const CLASHES = `unnest(:starts::timestamptz[], :ends::timestamptz[]) AS w (starts_at, ends_at)
  JOIN spaces.holds h ON h.organization_id = :organization_id AND h.space_id = :space_id AND h.status = 'confirmed'
   AND tstzrange(h.starts_at, h.ends_at) && tstzrange(w.starts_at, w.ends_at)
   AND NOT (h.event_id = coalesce(:own_event_id::integer, 0)
            AND h.original_start = coalesce(:own_start::timestamptz, h.original_start))`;

const FIRST_CLASH = statement<ClashRow>(
  'spaces.booking.first_clash',
  `SELECT w.starts_at AS wanted_start, w.ends_at AS wanted_end, h.event_id, h.original_start, h.starts_at, h.ends_at,
          (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) AS is_occurrence,
          e.title, e.visibility, e.organizer_id, e.creator_id, ${inviteesOf('spaces.invitees')}
     FROM ${CLASHES} JOIN ${HOLD_DETAIL}
    ORDER BY w.starts_at, h.starts_at LIMIT 1`,
);

const CLASHING = statement<{ wanted_start: Instant }>(
  'spaces.booking.clashing',
  `SELECT DISTINCT w.starts_at AS wanted_start FROM ${CLASHES}`,
);

const MAX_GAPS = 3;

// Bookings of a space never overlap, so ordering by end is also ordering by start.
const GAPS = statement<GapRow>(
  'spaces.booking.gaps',
  `SELECT free_from, free_until FROM (
     SELECT greatest(:from::timestamptz, lag(h.ends_at) OVER (ORDER BY h.ends_at)) AS free_from,
            h.starts_at AS free_until
       FROM spaces.holds h
      WHERE h.organization_id = :organization_id AND h.space_id = :space_id AND h.status = 'confirmed'
        AND h.ends_at > :from AND h.starts_at < :until AND h.event_id <> coalesce(:own_event_id::integer, 0)) g
    WHERE free_until - free_from >= :length::interval
    LIMIT ${MAX_GAPS}`,
);

const LAST_END = statement<{ ends_at: Instant }>(
  'spaces.booking.last_end',
  `SELECT h.ends_at FROM spaces.holds h
    WHERE h.organization_id = :organization_id AND h.space_id = :space_id AND h.status = 'confirmed'
      AND h.ends_at > :from AND h.starts_at < :until AND h.event_id <> coalesce(:own_event_id::integer, 0)
    ORDER BY h.ends_at DESC LIMIT 1`,
);

/** Finds conflicting bookings and free times; every statement is restricted to one organization. */
export class SpaceClashesRepository extends StatementRepository<SpaceHold> {
  static readonly entity = SpaceHold;

  /** Time zone of a space's location. */
  async findZone(organization_id: number, space_id: number): Promise<string> {
    return (await this.one(ZONE, { organization_id, space_id }))?.time_zone ?? 'UTC';
  }

  /**
   * The first requested time that overlaps a booking, with the first booking that it overlaps. Outside a transaction
   * this is only a preliminary check: a free time may be taken a moment later.
   */
  async findFirstClash(
    organization_id: number,
    space_id: number,
    occurrences: readonly Occurrence[],
    own?: OwnHolds,
  ): Promise<ClashRow | undefined> {
    for (const chunk of chunksOf(occurrences)) {
      const values = { organization_id, space_id, ...timesOf(chunk), ...ownValues(own) };
      const clash = await this.one(FIRST_CLASH, values);
      if (clash !== undefined) return clash;
    }
    return undefined;
  }

  /** Starts of all requested times that overlap a booking. */
  async listClashing(
    organization_id: number,
    space_id: number,
    occurrences: readonly Occurrence[],
    own?: OwnHolds,
  ): Promise<ReadonlySet<Instant>> {
    const found = new Set<Instant>();
    for (const chunk of chunksOf(occurrences)) {
      const values = { organization_id, space_id, ...timesOf(chunk), ...ownValues(own) };
      for (const row of await this.all(CLASHING, values)) found.add(row.wanted_start);
    }
    return found;
  }

  /** The first three gaps of at least this length within the range; the last one may extend to its end. */
  async listGaps(
    organization_id: number,
    space_id: number,
    range: { readonly from: Instant; readonly until: Instant },
    milliseconds: number,
    own_event_id: number | undefined,
  ): Promise<GapRow[]> {
    const values = { organization_id, space_id, ...range, own_event_id };
    const gaps = await this.all(GAPS, { ...values, length: `${milliseconds} milliseconds` });
    if (gaps.length === MAX_GAPS) return gaps;
    const last = await this.one(LAST_END, values);
    return [...gaps, { free_from: last?.ends_at ?? range.from, free_until: range.until }];
  }
}

function ownValues(own: OwnHolds | undefined): object {
  return { own_event_id: own?.event_id, own_start: own?.original_start };
}
