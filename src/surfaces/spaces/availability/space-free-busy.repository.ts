import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import {
  HOLD_COLUMNS,
  HOLD_DETAIL,
  inviteesOf,
  utcColumn,
  type SpaceEventRow,
} from '../events/space-event.columns.js';
import { inWindowOfSpace } from '../events/space-hold.columns.js';

/** Filters for the spaces to list; an undefined filter does not apply. */
export interface FreeBusyScope {
  readonly spaceIds?: readonly number[] | undefined;
  readonly locationIds?: readonly number[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly minCapacity?: number | undefined;
  readonly maxCapacity?: number | undefined;
}

interface SpaceColumns {
  /** JSON text of the response's `space`, in the first row of each space only; null in the rows that follow. */
  readonly space: string | null;
  readonly zone: string;
  readonly has_presence: boolean;
}

/** A space joined with one of its events; `event_id` is null if it has none in the window. */
export type FreeBusyRow = SpaceColumns & (SpaceEventRow | { readonly event_id: null });

const LIST = statement<FreeBusyRow>(
  'spaces.free_busy.list',
  `WITH asked AS MATERIALIZED (
     SELECT s.id, l.time_zone AS zone,
            (SELECT row_to_json(shown)::text FROM (
               SELECT s.id, s.location_id, s.name, s.description, s.type, s.capacity, s.is_disabled,
                      ${utcColumn('s.created_at')}, ${utcColumn('s.updated_at')}) shown) AS space,
            EXISTS (SELECT FROM (
                SELECT h.* FROM spaces.holds h
                 WHERE h.organization_id = $1 AND h.space_id = s.id AND h.status = 'confirmed' AND h.ends_at > $11
                 ORDER BY h.ends_at LIMIT 1) next
               JOIN spaces.confirmations c ON c.organization_id = next.organization_id AND c.event_id = next.event_id
                                          AND c.original_start = next.original_start
              WHERE next.starts_at <= $11) AS has_presence
       FROM spaces.spaces s
       JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
      WHERE s.organization_id = $1
        AND ($2::integer[] IS NULL AND $3::integer[] IS NULL OR s.id = ANY ($2) OR s.location_id = ANY ($3))
        AND ($4::text[] IS NULL OR s.type = ANY ($4))
        AND ($5::integer IS NULL OR s.capacity >= $5)
        AND ($6::integer IS NULL OR s.capacity <= $6)
      ORDER BY s.id LIMIT $7 OFFSET $8)
   SELECT CASE WHEN b.place > 1 THEN NULL ELSE a.space END AS space, a.zone, a.has_presence, b.*
     FROM asked a
     LEFT JOIN LATERAL (
       SELECT row_number() OVER (ORDER BY h.ends_at) AS place, ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
         FROM spaces.holds h JOIN ${HOLD_DETAIL}
        WHERE ${inWindowOfSpace('a.id', '$9', '$10')}) b ON true
    ORDER BY a.id, b.place`,
);

@Injectable()
export class SpaceFreeBusyRepository {
  constructor(private readonly database: Database) {}

  /** A page of spaces, each with its events in the window. Rows of the same space are adjacent. */
  list(
    organizationId: number,
    scope: FreeBusyScope,
    window: { readonly from: Instant; readonly to: Instant },
    page: Page,
    now: Instant,
  ): Promise<FreeBusyRow[]> {
    return this.database.all(LIST, [
      organizationId,
      scope.spaceIds,
      scope.locationIds,
      scope.types,
      scope.minCapacity,
      scope.maxCapacity,
      page.limit,
      page.offset,
      window.from,
      window.to,
      now,
    ]);
  }
}
