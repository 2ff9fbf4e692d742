import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { selectList } from '../../../database/columns.js';
import { statement, type Statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { SpaceStateRow } from '../availability/space-states.repository.js';
import { HOLD_COLUMNS, HOLD_DETAIL, inviteesOf, type SpaceEventRow } from '../events/space-event.columns.js';
import { PASSES_FILTERS, type SpaceFilters } from './space-filters.js';
import { INCLUDED_JSON, SPACE_JSON, STATE_COLUMNS, stateJoins, type SpaceInclude } from './space.columns.js';
import { SpaceLocation } from './space-location.entity.js';
import { Space } from './space.entity.js';

export type LocationRow = Readonly<SpaceLocation>;

const LOCATION_COLUMNS = selectList(SpaceLocation, 'l');
const LOCATION = statement<LocationRow>(
  'spaces.location.find',
  `SELECT ${LOCATION_COLUMNS} FROM spaces.locations l WHERE l.organization_id = :organization_id AND l.id = :id`,
);
const LOCATIONS = statement<LocationRow>(
  'spaces.location.list',
  `SELECT ${LOCATION_COLUMNS} FROM spaces.locations l WHERE l.organization_id = :organization_id
    ORDER BY l.id LIMIT :limit OFFSET :offset`,
);

/** The columns of a space and of its state, in each of its rows. */
interface SpaceColumns extends SpaceStateRow {
  readonly id: number;
  /** JSON text of the space, without its events. */
  readonly space: string;
  /** JSON text of what was asked for with it, to continue that of the space. */
  readonly included: string;
}

/** A space joined with its current or its next event; `event_id` is null if it has neither. */
export type SpaceRow = SpaceColumns & (SpaceEventRow | { readonly event_id: null });

/** What is read with spaces, and for which time. */
export interface SpaceView {
  readonly now: Instant;
  /** Events that start later are not the next one. */
  readonly next_until: Instant;
  readonly include: readonly SpaceInclude[];
  readonly calendar_host: string;
}

/**
 * The two first bookings that have not ended are found before anything is compared with them, so that the cost depends
 * neither on past ones nor on those far ahead.
 */
const spacesWhere = (name: string, condition: string, page = ''): Statement<SpaceRow> =>
  statement(
    name,
    `WITH asked AS MATERIALIZED (
       SELECT s.id, ${SPACE_JSON} AS space, ${INCLUDED_JSON} AS included, ${STATE_COLUMNS}
         FROM (SELECT s.* FROM spaces.spaces s
                WHERE s.organization_id = :organization_id AND ${condition}
                ORDER BY s.id ${page}) s
         JOIN spaces.locations l ON l.organization_id = s.organization_id AND l.id = s.location_id
         ${stateJoins(`'state' = ANY (:include::text[])`)})
     SELECT asked.*, event.*
       FROM asked
       LEFT JOIN LATERAL (
         SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}
           FROM (SELECT x.*, lag(x.starts_at) OVER (ORDER BY x.ends_at) AS starts_before
                   FROM spaces.holds x
                  WHERE x.organization_id = :organization_id AND x.space_id = asked.id AND x.status = 'confirmed'
                    AND x.ends_at > :now
                  ORDER BY x.ends_at LIMIT 2) h
           JOIN ${HOLD_DETAIL}
          WHERE (h.starts_before IS NULL OR h.starts_before <= :now) AND h.starts_at <= :next_until) event ON true
      ORDER BY asked.id, event.ends_at`,
  );

const SPACE_EXISTS = statement<{ id: number }>(
  'spaces.space.exists',
  `SELECT id FROM spaces.spaces WHERE organization_id = :organization_id AND id = :id`,
);
const SPACE = spacesWhere('spaces.space.find', 's.id = :id');
const SPACE_IN_LOCATION = spacesWhere(
  'spaces.space.find_in_location',
  's.id = :id AND s.location_id = :location_id',
);
const SPACES = spacesWhere(
  'spaces.space.list',
  `s.location_id = :location_id AND ${PASSES_FILTERS}`,
  'LIMIT :limit OFFSET :offset',
);

/** Reads locations and spaces; every statement is restricted to one organization. */
export class SpacesRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  findLocation(organization_id: number, id: number): Promise<LocationRow | undefined> {
    return this.one(LOCATION, { organization_id, id });
  }

  listLocations(organization_id: number, page: Page): Promise<LocationRow[]> {
    return this.all(LOCATIONS, { organization_id, ...page });
  }

  /** One row for each of its events, at least one; none if there is no such space. */
  findSpace(organization_id: number, id: number, view: SpaceView): Promise<SpaceRow[]> {
    return this.all(SPACE, { organization_id, id, ...view });
  }

  /** As `findSpace`; none as well if the space is of another location. */
  findInLocation(
    organization_id: number,
    location_id: number,
    id: number,
    view: SpaceView,
  ): Promise<SpaceRow[]> {
    return this.all(SPACE_IN_LOCATION, { organization_id, location_id, id, ...view });
  }

  /** Rows of the same space are adjacent. */
  listSpaces(
    organization_id: number,
    location_id: number,
    filters: SpaceFilters,
    page: Page,
    view: SpaceView,
  ): Promise<SpaceRow[]> {
    return this.all(SPACES, { organization_id, location_id, ...filters, ...page, ...view });
  }

  async spaceExists(organization_id: number, id: number): Promise<boolean> {
    return (await this.one(SPACE_EXISTS, { organization_id, id })) !== undefined;
  }
}
