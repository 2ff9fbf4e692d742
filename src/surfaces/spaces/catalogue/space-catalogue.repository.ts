import { Failure, invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { insertValues, selectList, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { SpaceLocation } from './space-location.entity.js';
import { Space } from './space.entity.js';

type Writable<Row> = { readonly [Column in keyof Row]?: Row[Column] | undefined };

/** Values of a location by column; those not given are unset, or unchanged. */
export type LocationValues = Writable<
  Pick<SpaceLocation, 'name' | 'address' | 'description' | 'image' | 'latitude' | 'longitude'>
> & {
  /** Null and, in a new location, not given: that of the organization. */
  readonly time_zone?: string | null | undefined;
};

/** Values of a space by column; those not given have their defaults, or are unchanged; null means the default. */
export type SpaceValues = Writable<
  Pick<Space, 'location_id' | 'level_id' | 'name' | 'description' | 'type' | 'capacity' | 'image'>
> & {
  readonly discovery_radius?: number | null | undefined;
  readonly is_disabled?: boolean | null | undefined;
  readonly is_accessible?: boolean | null | undefined;
};

interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

const OF_ORGANIZATION = (id: string): string =>
  `(SELECT o.time_zone FROM tenancy.organizations o WHERE o.id = ${id})`;

const LOCATION_COLUMNS = [
  'name',
  'address',
  'description',
  'image',
  'latitude',
  'longitude',
  'time_zone',
] as const;

const CREATE_LOCATION = statement<SpaceLocation>(
  'spaces.location.create',
  `INSERT INTO spaces.locations AS l ${insertValues(SpaceLocation, {
    id: 'DEFAULT',
    time_zone: `coalesce(:time_zone, ${OF_ORGANIZATION(':organization_id')})`,
    created_at: ':now',
    updated_at: ':now',
  })} RETURNING ${selectList(SpaceLocation, 'l')}`,
);

const CHANGE_LOCATION = statement<SpaceLocation>(
  'spaces.location.change',
  `UPDATE spaces.locations old SET ${setFromJson(SpaceLocation, [...LOCATION_COLUMNS, 'updated_at'], {
    time_zone: `coalesce(change.time_zone, ${OF_ORGANIZATION('old.organization_id')})`,
  })}
    WHERE organization_id = :organization_id AND id = :id
   RETURNING ${selectList(SpaceLocation, 'old')}`,
);

const DELETE_LOCATION = statement<{ id: number }>(
  'spaces.location.delete',
  `DELETE FROM spaces.locations WHERE organization_id = :organization_id AND id = :id RETURNING id`,
);

const SPACE_COLUMNS = [
  'location_id',
  'level_id',
  'name',
  'description',
  'type',
  'capacity',
  'image',
  'discovery_radius',
  'is_disabled',
  'is_accessible',
] as const;

const DEFAULT_RADIUS = 3;

const CREATE_SPACE = statement<Space>(
  'spaces.space.create',
  `INSERT INTO spaces.spaces AS s ${insertValues(Space, {
    id: 'DEFAULT',
    discovery_radius: `coalesce(:discovery_radius::double precision, ${DEFAULT_RADIUS})`,
    is_disabled: 'coalesce(:is_disabled::boolean, false)',
    is_accessible: 'coalesce(:is_accessible::boolean, false)',
    created_at: ':now',
    updated_at: ':now',
  })} RETURNING ${selectList(Space, 's')}`,
);

// A space that moves to another location leaves its level, unless it is told another.
const CHANGE_SPACE = statement<Space>(
  'spaces.space.change',
  `UPDATE spaces.spaces old SET ${setFromJson(Space, [...SPACE_COLUMNS, 'updated_at'], {
    level_id: `CASE WHEN :changes_level::boolean OR change.location_id = old.location_id THEN change.level_id END`,
    discovery_radius: `coalesce(change.discovery_radius, ${DEFAULT_RADIUS})`,
    is_disabled: 'coalesce(change.is_disabled, false)',
    is_accessible: 'coalesce(change.is_accessible, false)',
  })}
    WHERE organization_id = :organization_id AND id = :id
   RETURNING ${selectList(Space, 'old')}`,
);

const unknownLocation = (): Failure =>
  invalidField('location_id', 'location_id is no location of this organization');
const unknownLevel = (): Failure => invalidField('level_id', 'level_id is no level of its location');
const unknownOrganization = (): Failure => new Failure('not-found', 'There is no such organization.');
const locationInUse = (): Failure =>
  new Failure('conflict', 'The location cannot be deleted: spaces refer to it.');

const LOCATION_REFUSALS = { fk_locations_organization: unknownOrganization };
const SPACE_REFUSALS = {
  fk_spaces_organization: unknownOrganization,
  fk_spaces_location: unknownLocation,
  fk_spaces_level: unknownLevel,
};

/** The catalogue of locations and spaces, for this API and the admin API alike. */
export class SpaceCatalogueRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  findLocation(organization_id: number, id: number): Promise<SpaceLocation | null> {
    return this.manager.findOneBy(SpaceLocation, { organization_id, id });
  }

  async pageLocations(organization_id: number, { limit, offset }: Page): Promise<RowPage<SpaceLocation>> {
    const [rows, total] = await this.manager.findAndCount(SpaceLocation, {
      where: { organization_id },
      order: { id: 'ASC' },
      take: limit,
      skip: offset,
    });
    return { rows, total };
  }

  insertLocation(
    organization_id: number,
    values: LocationValues & { readonly name: string },
    now: Instant,
  ): Promise<SpaceLocation | undefined> {
    const given = Object.fromEntries(LOCATION_COLUMNS.map((column) => [column, values[column] ?? null]));
    return whenRefused(this.one(CREATE_LOCATION, { organization_id, ...given, now }), LOCATION_REFUSALS);
  }

  /** Returns `undefined` if there is no such location. */
  changeLocation(
    organization_id: number,
    id: number,
    values: LocationValues,
    now: Instant,
  ): Promise<SpaceLocation | undefined> {
    const change = JSON.stringify({ ...pick(values, LOCATION_COLUMNS), updated_at: now });
    return this.one(CHANGE_LOCATION, { organization_id, id, change });
  }

  /** Returns whether there was one; a location with spaces is a conflict. */
  async deleteLocation(organization_id: number, id: number): Promise<boolean> {
    const write = this.one(DELETE_LOCATION, { organization_id, id });
    return (await whenRefused(write, { fk_spaces_location: locationInUse })) !== undefined;
  }

  findSpace(organization_id: number, id: number): Promise<Space | null> {
    return this.findOneBy({ organization_id, id });
  }

  async pageSpaces(organization_id: number, { limit, offset }: Page): Promise<RowPage<Space>> {
    const [rows, total] = await this.findAndCount({
      where: { organization_id },
      order: { id: 'ASC' },
      take: limit,
      skip: offset,
    });
    return { rows, total };
  }

  /** `locationMissing` is the failure if there is no such location. */
  insertSpace(
    organization_id: number,
    values: SpaceValues & { readonly location_id: number; readonly name: string },
    now: Instant,
    locationMissing: () => Failure = unknownLocation,
  ): Promise<Space | undefined> {
    const given = Object.fromEntries(SPACE_COLUMNS.map((column) => [column, values[column] ?? null]));
    const write = this.one(CREATE_SPACE, { organization_id, ...given, now });
    return whenRefused(write, { ...SPACE_REFUSALS, fk_spaces_location: locationMissing });
  }

  /** Returns `undefined` if there is no such space. */
  changeSpace(
    organization_id: number,
    id: number,
    values: SpaceValues,
    now: Instant,
  ): Promise<Space | undefined> {
    const change = JSON.stringify({ ...pick(values, SPACE_COLUMNS), updated_at: now });
    const changes_level = values.level_id !== undefined;
    return whenRefused(
      this.one(CHANGE_SPACE, { organization_id, id, change, changes_level }),
      SPACE_REFUSALS,
    );
  }
}

/** A body may hold other keys, with values of any type. */
function pick<Values extends object>(values: Values, columns: readonly (keyof Values)[]): object {
  return Object.fromEntries(columns.map((column) => [column, values[column]]));
}
