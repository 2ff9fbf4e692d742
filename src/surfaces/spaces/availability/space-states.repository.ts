import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';

export interface SpaceStateRow {
  readonly is_disabled: boolean;
  readonly time_zone: string;
  /** Start of the current event, or of the next one. */
  readonly starts_at: Instant | null;
  readonly is_checked_in: boolean;
  /** End of the run of back-to-back bookings that contains it. */
  readonly busy_until: Instant | null;
}

const HOLDS = `spaces.holds h WHERE h.organization_id = $1 AND h.space_id = $2 AND h.status = 'confirmed' AND h.ends_at > $3`;

const FIND = statement<SpaceStateRow>(
  'spaces.state.find',
  `SELECT s.is_disabled, l.time_zone, n.starts_at, coalesce(n.is_checked_in, false) AS is_checked_in,
          chain.ends_at AS busy_until
     FROM spaces.spaces s
     JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
     LEFT JOIN LATERAL (
       SELECT h.starts_at, EXISTS (SELECT FROM spaces.confirmations c
                WHERE c.organization_id = h.organization_id AND c.event_id = h.event_id
                  AND c.original_start = h.original_start) AS is_checked_in
         FROM ${HOLDS} ORDER BY h.ends_at LIMIT 1) n ON true
     LEFT JOIN LATERAL (
       SELECT x.ends_at FROM (
         SELECT h.ends_at, lead(h.starts_at) OVER (ORDER BY h.ends_at) AS next_start FROM ${HOLDS}) x
        WHERE x.next_start IS DISTINCT FROM x.ends_at LIMIT 1) chain ON true
    WHERE s.organization_id = $1 AND s.id = $2`,
);

@Injectable()
export class SpaceStatesRepository {
  constructor(private readonly database: Database) {}

  find(organizationId: number, spaceId: number, now: Instant): Promise<SpaceStateRow | undefined> {
    return this.database.one(FIND, [organizationId, spaceId, now]);
  }
}
