import { Failure, invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { insertValues, selectList, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { SpaceEvent } from '../events/space-event.entity.js';
import type { SpaceHold } from '../events/space-hold.entity.js';
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

/** A booking that keeps its space from being deleted. */
export type BookingAhead = Readonly<
  Pick<SpaceHold, 'event_id' | 'original_start' | 'starts_at'> &
    Pick<SpaceEvent, 'title' | 'visibility' | 'start_zone'>
> & { readonly is_occurrence: boolean };

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

// Bookings lock the space as well, so nothing is booked between this statement and the end of the transaction.
const LOCK_SPACE = statement<{ id: number }>(
  'spaces.space.lock_to_delete',
  `SELECT id FROM spaces.spaces WHERE organization_id = :organization_id AND id = :id FOR UPDATE`,
);

const HOLD = 'h.event_id, h.detail_id, h.original_start, h.starts_at, h.ends_at';
const AHEAD = `h.organization_id = :organization_id AND h.status = 'confirmed' AND h.ends_at > :now`;

/** Bookings in the space; occurrences of its series, wherever they were moved; endless series of the space. */
const FIRST_AHEAD = statement<BookingAhead>(
  'spaces.space.first_ahead',
  `SELECT ahead.event_id, ahead.original_start, ahead.starts_at, e.title, e.visibility, e.start_zone,
          NOT ahead.is_endless AND (e.recurrence IS NOT NULL OR e.series_id IS NOT NULL) AS is_occurrence
     FROM (
       (SELECT ${HOLD}, false AS is_endless FROM spaces.holds h
         WHERE ${AHEAD} AND h.space_id = :id ORDER BY h.ends_at LIMIT 1)
       UNION ALL
       (SELECT ${HOLD}, false FROM spaces.events m JOIN spaces.holds h ON ${AHEAD} AND h.event_id = m.id
         WHERE m.organization_id = :organization_id AND m.space_id = :id AND m.series_id IS NULL
           AND m.recurrence IS NOT NULL
         ORDER BY h.ends_at LIMIT 1)
       UNION ALL
       (SELECT m.id, m.id, m.starts_at, m.starts_at, m.ends_at, true FROM spaces.events m
         WHERE m.organization_id = :organization_id AND m.space_id = :id AND m.held_until IS NOT NULL
         ORDER BY m.starts_at LIMIT 1)) ahead
     JOIN spaces.events e ON e.organization_id = :organization_id AND e.id = ahead.detail_id
    ORDER BY ahead.is_endless, ahead.ends_at LIMIT 1`,
);

// Occurrences of series that belong to other spaces are cancelled there; their series goes on.
const LEAVE_OTHER_SERIES = statement<{ event_id: number }>(
  'spaces.space.leave_other_series',
  `WITH left_behind AS (
     UPDATE spaces.holds h SET status = 'cancelled', detail_id = m.id, space_id = m.space_id
       FROM spaces.events m
      WHERE h.organization_id = :organization_id AND h.space_id = :id
        AND m.organization_id = :organization_id AND m.id = h.event_id AND m.space_id <> :id
     RETURNING h.event_id, h.original_start)
   DELETE FROM spaces.confirmations c USING left_behind l
    WHERE c.organization_id = :organization_id AND c.event_id = l.event_id AND c.original_start = l.original_start
   RETURNING c.event_id`,
);

/** Events per statement, so that a long history does not run into the time limit of a statement. */
const CHUNK = 500;

const deleteEvents = (name: string, condition: string): ReturnType<typeof statement<{ id: number }>> =>
  statement(
    name,
    `DELETE FROM spaces.events WHERE organization_id = :organization_id AND id IN (
       SELECT id FROM spaces.events WHERE organization_id = :organization_id AND space_id = :id AND ${condition}
        LIMIT ${CHUNK})
     RETURNING id`,
  );
// Those of a series go with it; the rest belonged to series of other spaces.
const DELETE_EVENTS = deleteEvents('spaces.space.delete_events', 'series_id IS NULL');
const DELETE_EXCEPTIONS = deleteEvents('spaces.space.delete_exceptions', 'series_id IS NOT NULL');

const DELETE_SPACE = statement<{ id: number }>(
  'spaces.space.delete',
  `DELETE FROM spaces.spaces WHERE organization_id = :organization_id AND id = :id RETURNING id`,
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

  /** Locks a space until the end of the transaction, against bookings too. Returns whether there is one. */
  async lockSpace(organization_id: number, id: number): Promise<boolean> {
    return (await this.one(LOCK_SPACE, { organization_id, id })) !== undefined;
  }

  /** The first booking because of which a space may not be deleted. */
  findAhead(organization_id: number, id: number, now: Instant): Promise<BookingAhead | undefined> {
    return this.one(FIRST_AHEAD, { organization_id, id, now });
  }

  /** Deletes a locked space with all that was booked in it. */
  async deleteSpace(organization_id: number, id: number): Promise<void> {
    await this.all(LEAVE_OTHER_SERIES, { organization_id, id });
    for (const deletion of [DELETE_EVENTS, DELETE_EXCEPTIONS])
      while ((await this.all(deletion, { organization_id, id })).length === CHUNK);
    await this.all(DELETE_SPACE, { organization_id, id });
  }
}

/** A body may hold other keys, with values of any type. */
function pick<Values extends object>(values: Values, columns: readonly (keyof Values)[]): object {
  return Object.fromEntries(columns.map((column) => [column, values[column]]));
}
