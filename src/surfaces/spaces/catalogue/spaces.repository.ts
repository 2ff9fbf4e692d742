import type { Page } from '../../../core/page.js';
import { selectList } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { PASSES_FILTERS, type SpaceFilters } from './space-filters.js';
import { SpaceLocation } from './space-location.entity.js';
import { Space } from './space.entity.js';

export type LocationRow = Readonly<SpaceLocation>;
export type SpaceRow = Readonly<Omit<Space, 'organization_id'>>;

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

const SPACE_COLUMNS = selectList(Space, 's', { without: ['organization_id'] });
const SPACE = statement<SpaceRow>(
  'spaces.space.find',
  `SELECT ${SPACE_COLUMNS} FROM spaces.spaces s WHERE s.organization_id = :organization_id AND s.id = :id`,
);
const SPACES = statement<SpaceRow>(
  'spaces.space.list',
  `SELECT ${SPACE_COLUMNS} FROM spaces.spaces s
    WHERE s.organization_id = :organization_id AND s.location_id = :location_id AND ${PASSES_FILTERS}
    ORDER BY s.id LIMIT :limit OFFSET :offset`,
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

  findSpace(organization_id: number, id: number): Promise<SpaceRow | undefined> {
    return this.one(SPACE, { organization_id, id });
  }

  listSpaces(
    organization_id: number,
    location_id: number,
    filters: SpaceFilters,
    page: Page,
  ): Promise<SpaceRow[]> {
    return this.all(SPACES, { organization_id, location_id, ...filters, ...page });
  }
}
