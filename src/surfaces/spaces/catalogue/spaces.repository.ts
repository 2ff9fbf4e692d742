import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { Database } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';

export interface OrganizationRow {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly time_zone: string;
  readonly created_at: Instant;
}

export interface UserRow {
  readonly id: number;
  readonly name: string | null;
  readonly email: string;
  readonly time_zone: string | null;
  readonly locale: string | null;
  readonly created_at: Instant;
}

export interface LocationRow {
  readonly id: number;
  readonly organization_id: number;
  readonly name: string;
  readonly address: string | null;
  readonly time_zone: string;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

export interface SpaceRow {
  readonly id: number;
  readonly location_id: number;
  readonly name: string;
  readonly description: string | null;
  readonly type: string | null;
  readonly capacity: number | null;
  readonly is_disabled: boolean;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

const ORGANIZATION = statement<OrganizationRow>(
  'spaces.organization.find',
  `SELECT id, name, slug, time_zone, created_at FROM tenancy.organizations WHERE id = $1`,
);

const USER_COLUMNS = `id, name, email::text, time_zone, locale, created_at`;
const USER = statement<UserRow>(
  'spaces.user.find',
  `SELECT ${USER_COLUMNS} FROM tenancy.members WHERE organization_id = $1 AND id = $2`,
);
const USERS = statement<UserRow>(
  'spaces.user.list',
  `SELECT ${USER_COLUMNS} FROM tenancy.members WHERE organization_id = $1 ORDER BY id LIMIT $2 OFFSET $3`,
);

const LOCATION_COLUMNS = `id, organization_id, name, address, time_zone, created_at, updated_at`;
const LOCATION = statement<LocationRow>(
  'spaces.location.find',
  `SELECT ${LOCATION_COLUMNS} FROM spaces.locations WHERE organization_id = $1 AND id = $2`,
);
const LOCATIONS = statement<LocationRow>(
  'spaces.location.list',
  `SELECT ${LOCATION_COLUMNS} FROM spaces.locations WHERE organization_id = $1 ORDER BY id LIMIT $2 OFFSET $3`,
);

const SPACE_COLUMNS = `id, location_id, name, description, type, capacity, is_disabled, created_at, updated_at`;
const SPACE = statement<SpaceRow>(
  'spaces.space.find',
  `SELECT ${SPACE_COLUMNS} FROM spaces.spaces WHERE organization_id = $1 AND id = $2`,
);
const SPACES = statement<SpaceRow>(
  'spaces.space.list',
  `SELECT ${SPACE_COLUMNS} FROM spaces.spaces WHERE organization_id = $1 AND location_id = $2
    ORDER BY id LIMIT $3 OFFSET $4`,
);

/** Reads organizations, users, locations and spaces; every statement is restricted to one organization. */
@Injectable()
export class SpacesRepository {
  constructor(private readonly database: Database) {}

  findOrganization(id: number): Promise<OrganizationRow | undefined> {
    return this.database.one(ORGANIZATION, [id]);
  }

  findUser(organizationId: number, id: number): Promise<UserRow | undefined> {
    return this.database.one(USER, [organizationId, id]);
  }

  listUsers(organizationId: number, page: Page): Promise<UserRow[]> {
    return this.database.all(USERS, [organizationId, page.limit, page.offset]);
  }

  findLocation(organizationId: number, id: number): Promise<LocationRow | undefined> {
    return this.database.one(LOCATION, [organizationId, id]);
  }

  listLocations(organizationId: number, page: Page): Promise<LocationRow[]> {
    return this.database.all(LOCATIONS, [organizationId, page.limit, page.offset]);
  }

  findSpace(organizationId: number, id: number): Promise<SpaceRow | undefined> {
    return this.database.one(SPACE, [organizationId, id]);
  }

  listSpaces(organizationId: number, locationId: number, page: Page): Promise<SpaceRow[]> {
    return this.database.all(SPACES, [organizationId, locationId, page.limit, page.offset]);
  }
}
