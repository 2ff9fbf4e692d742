import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { activePresences, hasActivePresence } from '../presence/space-presence.columns.js';
import { Space } from '../catalogue/space.entity.js';

export interface SpaceStateRow {
  readonly is_disabled: boolean;
  readonly time_zone: string;
  /** Start of the current event, or of the next one. */
  readonly starts_at: Instant | null;
  readonly is_checked_in: boolean;
  /** Number of people and devices that are there. */
  readonly present: number;
  /** End of the run of back-to-back bookings that contains it. */
  readonly busy_until: Instant | null;
}

/**
 * How many people and devices are in the space `s`: active presences, and who checked in to what goes on, unless they
 * have a presence there.
 */
export const PRESENT = `${activePresences('s')} + (
  SELECT count(*)::integer FROM (
      SELECT x.* FROM spaces.holds x
       WHERE x.organization_id = s.organization_id AND x.space_id = s.id AND x.status = 'confirmed' AND x.ends_at > :now
       ORDER BY x.ends_at LIMIT 1) going_on
    JOIN spaces.confirmations c ON c.organization_id = going_on.organization_id AND c.event_id = going_on.event_id
                               AND c.original_start = going_on.original_start
   WHERE going_on.starts_at <= :now AND NOT ${hasActivePresence('s', 'c.user_id')})`;

const HOLDS = `spaces.holds h
  WHERE h.organization_id = :organization_id AND h.space_id = :space_id AND h.status = 'confirmed' AND h.ends_at > :now`;

const FIND = statement<SpaceStateRow>(
  'spaces.state.find',
  `SELECT s.is_disabled, l.time_zone, next.starts_at, coalesce(next.is_checked_in, false) AS is_checked_in,
          run.ends_at AS busy_until, ${PRESENT} AS present
     FROM spaces.spaces s
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
     LEFT JOIN LATERAL (
       SELECT h.starts_at, EXISTS (SELECT FROM spaces.confirmations c
                WHERE c.organization_id = h.organization_id AND c.event_id = h.event_id
                  AND c.original_start = h.original_start) AS is_checked_in
         FROM ${HOLDS} ORDER BY h.ends_at LIMIT 1) next ON true
     LEFT JOIN LATERAL (
       SELECT x.ends_at FROM (
         SELECT h.ends_at, lead(h.starts_at) OVER (ORDER BY h.ends_at) AS next_start FROM ${HOLDS}) x
        WHERE x.next_start IS DISTINCT FROM x.ends_at LIMIT 1) run ON true
    WHERE s.organization_id = :organization_id AND s.id = :space_id`,
);

export class SpaceStatesRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  findState(organization_id: number, space_id: number, now: Instant): Promise<SpaceStateRow | undefined> {
    return this.one(FIND, { organization_id, space_id, now });
  }
}
