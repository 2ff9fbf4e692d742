import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { selectList } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { PASSES_FILTERS, type SpaceFilters } from '../catalogue/space-filters.js';
import { Space } from '../catalogue/space.entity.js';
import {
  HOLD_COLUMNS,
  HOLD_DETAIL,
  inviteesOf,
  utcColumn,
  type SpaceEventRow,
} from '../events/space-event.columns.js';
import { PRESENT } from './space-states.repository.js';
import { inWindowOfSpace } from '../events/space-hold.columns.js';

/** Filters for the spaces to list; an undefined filter does not apply. */
export interface FreeBusyScope extends SpaceFilters {
  readonly space_ids: readonly number[] | undefined;
  readonly location_ids: readonly number[] | undefined;
  /** Only spaces that take bookings. */
  readonly is_bookable: true | undefined;
  /** Only spaces that are free for so many seconds without a break, within the window. */
  readonly free_seconds: number | undefined;
}

interface SpaceColumns {
  /** JSON text of the response's `space`, in the first row of each space only; null in the rows that follow. */
  readonly space: string | null;
  readonly zone: string;
  readonly has_presence: boolean;
}

/** A space joined with one of its events; `event_id` is null if it has none in the window. */
export type FreeBusyRow = SpaceColumns & (SpaceEventRow | { readonly event_id: null });

const SPACE_COLUMNS = `${selectList(Space, 's', { without: ['organization_id', 'created_at', 'updated_at'] })},
  ${utcColumn('s.created_at')}, ${utcColumn('s.updated_at')}`;

const IN_WINDOW = inWindowOfSpace({
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
            SELECT h.starts_at, h.ends_at FROM spaces.holds h WHERE ${IN_WINDOW}) b) gap
  WHERE gap.free_to - gap.free_from >= make_interval(secs => :free_seconds::bigint))`;

const LIST = statement<FreeBusyRow>(
  'spaces.free_busy.list',
  `WITH asked AS MATERIALIZED (
     SELECT s.id, l.time_zone AS zone,
            (SELECT row_to_json(shown)::text FROM (SELECT ${SPACE_COLUMNS}) shown) AS space,
            ${PRESENT} > 0 AS has_presence
       FROM spaces.spaces s
       JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
      WHERE s.organization_id = :organization_id
        AND (:space_ids::integer[] IS NULL AND :location_ids::integer[] IS NULL
             OR s.id = ANY (:space_ids) OR s.location_id = ANY (:location_ids))
        AND ${PASSES_FILTERS}
        AND (:is_bookable::boolean IS NULL OR NOT s.is_disabled)
        AND (:free_seconds::bigint IS NULL OR ${HAS_GAP})
      ORDER BY s.id LIMIT :limit OFFSET :offset)
   SELECT CASE WHEN b.place > 1 THEN NULL ELSE a.space END AS space, a.zone, a.has_presence, b.*
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
    now: Instant,
  ): Promise<FreeBusyRow[]> {
    return this.all(LIST, { organization_id, ...scope, ...window, ...page, now });
  }
}
