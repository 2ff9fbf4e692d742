import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { INCLUDED_JSON, SPACE_JSON, STATE_COLUMNS, stateJoins } from '../catalogue/space.columns.js';
import { PASSES_FILTERS, type SpaceFilters } from '../catalogue/space-filters.js';
import { Space } from '../catalogue/space.entity.js';
import type { SpaceView } from '../catalogue/spaces.repository.js';
import { HOLD_COLUMNS, HOLD_DETAIL, inviteesOf, type SpaceEventRow } from '../events/space-event.columns.js';
import { holdsInWindow } from '../events/space-hold.columns.js';
import type { SpaceStateRow } from './space-states.repository.js';

/** Filters for the spaces to list; an undefined filter does not apply. */
export interface FreeBusyScope extends SpaceFilters {
  readonly space_ids: readonly number[] | undefined;
  readonly location_ids: readonly number[] | undefined;
  /** Only spaces that have all of these amenities. */
  readonly amenity_ids: readonly number[] | undefined;
  /** Only spaces that take bookings. */
  readonly is_bookable: true | undefined;
  /** Only spaces that are free for so many seconds without a break, within the window. */
  readonly free_seconds: number | undefined;
}

interface SpaceColumns extends SpaceStateRow {
  /** JSON text of the response's `space`, in the first row of each space only; null in the rows that follow. */
  readonly space: string | null;
  /** JSON text of what was asked for with it, likewise. */
  readonly included: string | null;
}

/** A space joined with one of its events; `event_id` is null if it has none in the window. */
export type FreeBusyRow = SpaceColumns & (SpaceEventRow | { readonly event_id: null });

const HOLDS = holdsInWindow({
  organization: ':organization_id',
  space: 's.id',
  after: ':from',
  before: ':to',
});

/** Whether the space `s` has a long enough gap: from the start of the window or the end of a booking to what comes next. */
const HAS_GAP = `EXISTS (SELECT FROM (
    SELECT b.ends_at AS free_from, lead(b.starts_at, 1, :to::timestamptz) OVER (ORDER BY b.ends_at) AS free_to
      FROM (SELECT :from::timestamptz AS starts_at, :from::timestamptz AS ends_at
             UNION ALL
            SELECT h.starts_at, h.ends_at FROM ${HOLDS}) b) gap
  WHERE gap.free_to - gap.free_from >= make_interval(secs => :free_seconds::bigint))`;

const HAS_AMENITIES = `:amenity_ids::integer[] <@ ARRAY(
  SELECT sa.amenity_id FROM spaces.space_amenities sa
   WHERE sa.organization_id = s.organization_id AND sa.space_id = s.id)`;

const LIST = statement<FreeBusyRow>(
  'spaces.free_busy.list',
  `WITH asked AS MATERIALIZED (
     SELECT s.id, ${SPACE_JSON} AS space, ${INCLUDED_JSON} AS included, ${STATE_COLUMNS}
       FROM (SELECT s.* FROM spaces.spaces s
              WHERE s.organization_id = :organization_id
                AND (:space_ids::integer[] IS NULL AND :location_ids::integer[] IS NULL
                     OR s.id = ANY (:space_ids) OR s.location_id = ANY (:location_ids))
                AND ${PASSES_FILTERS}
                AND (:amenity_ids::integer[] IS NULL OR ${HAS_AMENITIES})
                AND (:is_bookable::boolean IS NULL OR NOT s.is_disabled)
                AND (:free_seconds::bigint IS NULL OR ${HAS_GAP})
              ORDER BY s.id LIMIT :limit OFFSET :offset) s
       JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
       ${stateJoins(`'state' = ANY (:include::text[])`)})
   SELECT CASE WHEN b.place > 1 THEN NULL ELSE a.space END AS space,
          CASE WHEN b.place > 1 THEN NULL ELSE a.included END AS included,
          a.is_disabled, a.time_zone, a.busy_from, a.busy_until, a.is_checked_in, a.present, b.*
     FROM asked a
     LEFT JOIN LATERAL (
       SELECT row_number() OVER (ORDER BY h.ends_at) AS place, ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
         FROM ${holdsInWindow({ organization: ':organization_id', space: 'a.id', after: ':from', before: ':to' })}
         JOIN ${HOLD_DETAIL}) b ON true
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
