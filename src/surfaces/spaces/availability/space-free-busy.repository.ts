import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { INCLUDED_JSON, SPACE_JSON, STATE_COLUMNS, stateJoins } from '../catalogue/space.columns.js';
import { Space } from '../catalogue/space.entity.js';
import type { SpaceView } from '../catalogue/spaces.repository.js';
import { HOLD_COLUMNS, HOLD_DETAIL, inviteesOf, type SpaceEventRow } from '../events/space-event.columns.js';
import { inWindowOfSpace } from '../events/space-hold.columns.js';
import type { SpaceStateRow } from './space-states.repository.js';

/** Filters for the spaces to list; an undefined filter does not apply. */
export interface FreeBusyScope {
  readonly space_ids: readonly number[] | undefined;
  readonly location_ids: readonly number[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly min_capacity: number | undefined;
  readonly max_capacity: number | undefined;
}

interface SpaceColumns extends SpaceStateRow {
  /** JSON text of the response's `space`, in the first row of each space only; null in the rows that follow. */
  readonly space: string | null;
  /** JSON text of what was asked for with it, likewise. */
  readonly included: string | null;
}

/** A space joined with one of its events; `event_id` is null if it has none in the window. */
export type FreeBusyRow = SpaceColumns & (SpaceEventRow | { readonly event_id: null });

const LIST = statement<FreeBusyRow>(
  'spaces.free_busy.list',
  `WITH asked AS MATERIALIZED (
     SELECT s.id, ${SPACE_JSON} AS space, ${INCLUDED_JSON} AS included, ${STATE_COLUMNS}
       FROM (SELECT s.* FROM spaces.spaces s
              WHERE s.organization_id = :organization_id
                AND (:space_ids::integer[] IS NULL AND :location_ids::integer[] IS NULL
                     OR s.id = ANY (:space_ids) OR s.location_id = ANY (:location_ids))
                AND (:types::text[] IS NULL OR s.type = ANY (:types))
                AND (:min_capacity::integer IS NULL OR s.capacity >= :min_capacity)
                AND (:max_capacity::integer IS NULL OR s.capacity <= :max_capacity)
              ORDER BY s.id LIMIT :limit OFFSET :offset) s
       JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
       ${stateJoins(`'state' = ANY (:include::text[])`)})
   SELECT CASE WHEN b.place > 1 THEN NULL ELSE a.space END AS space,
          CASE WHEN b.place > 1 THEN NULL ELSE a.included END AS included,
          a.is_disabled, a.time_zone, a.busy_from, a.busy_until, a.is_checked_in, a.present, b.*
     FROM asked a
     LEFT JOIN LATERAL (
       SELECT row_number() OVER (ORDER BY h.ends_at) AS place, ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
         FROM spaces.holds h JOIN ${HOLD_DETAIL}
        WHERE ${inWindowOfSpace({ organization: ':organization_id', space: 'a.id', after: ':from', before: ':to' })}) b ON true
    ORDER BY a.id, b.place`,
);

export class SpaceFreeBusyRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  /** A page of spaces, each with its events in the window. Rows of the same space are adjacent. */
  list(
    organization_id: number,
    scope: FreeBusyScope,
    window: { readonly from: Instant; readonly to: Instant },
    page: Page,
    view: SpaceView,
  ): Promise<FreeBusyRow[]> {
    return this.all(LIST, { organization_id, ...scope, ...window, ...page, ...view });
  }
}
