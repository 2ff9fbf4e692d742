import type { Member } from '../../../auth/member.entity.js';
import type { Organization } from '../../../auth/organization.entity.js';
import type { Page } from '../../../core/page.js';
import { selectList } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { SpaceLocation } from './space-location.entity.js';
import { Space } from './space.entity.js';

export type OrganizationRow = Readonly<Organization>;
export type UserRow = Readonly<Pick<Member, 'id' | 'name' | 'email' | 'time_zone' | 'locale' | 'created_at'>>;
export type LocationRow = Readonly<SpaceLocation>;
export type SpaceRow = Readonly<Omit<Space, 'organization_id'>>;

const ORGANIZATION = statement<OrganizationRow>(
  'spaces.organization.find',
  `SELECT id, name, slug, time_zone, created_at FROM tenancy.organizations WHERE id = :organization_id`,
);

const USER_COLUMNS = `id, name, email, time_zone, locale, created_at`;
const USER = statement<UserRow>(
  'spaces.user.find',
  `SELECT ${USER_COLUMNS} FROM tenancy.members WHERE organization_id = :organization_id AND id = :id`,
);
const USERS = statement<UserRow>(
  'spaces.user.list',
  `SELECT ${USER_COLUMNS} FROM tenancy.members WHERE organization_id = :organization_id
    ORDER BY id LIMIT :limit OFFSET :offset`,
);

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
    WHERE s.organization_id = :organization_id AND s.location_id = :location_id
    ORDER BY s.id LIMIT :limit OFFSET :offset`,
);

/** Reads organizations, users, locations and spaces; every statement is restricted to one organization. */
export class SpacesRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  findOrganization(organization_id: number): Promise<OrganizationRow | undefined> {
    return this.one(ORGANIZATION, { organization_id });
  }

  findUser(organization_id: number, id: number): Promise<UserRow | undefined> {
    return this.one(USER, { organization_id, id });
  }

  listUsers(organization_id: number, page: Page): Promise<UserRow[]> {
    return this.all(USERS, { organization_id, ...page });
  }

  findLocation(organization_id: number, id: number): Promise<LocationRow | undefined> {
    return this.one(LOCATION, { organization_id, id });
  }

  listLocations(organization_id: number, page: Page): Promise<LocationRow[]> {
    return this.all(LOCATIONS, { organization_id, ...page });
  }

  findSpace(organization_id: number, id: number): Promise<SpaceRow | undefined> {
    return this.one(SPACE, { organization_id, id });
  }

  listSpaces(organization_id: number, location_id: number, page: Page): Promise<SpaceRow[]> {
    return this.all(SPACES, { organization_id, location_id, ...page });
  }
}
