import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { insertValues, selectList, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { locationNotFound } from '../spaces.failures.js';
import { SpaceLevel } from './space-level.entity.js';

export type SpaceLevelRow = Readonly<Omit<SpaceLevel, 'organization_id'>>;
export type SpaceLevelValues = Readonly<Pick<SpaceLevel, 'name' | 'ordinal'>>;

const COLUMNS = (alias: string): string => selectList(SpaceLevel, alias, { without: ['organization_id'] });

const FIND = statement<SpaceLevelRow>(
  'spaces.level.find',
  `SELECT ${COLUMNS('v')} FROM spaces.levels v WHERE v.organization_id = :organization_id AND v.id = :id`,
);

const LIST = statement<SpaceLevelRow>(
  'spaces.level.list',
  `SELECT ${COLUMNS('v')} FROM spaces.levels v
    WHERE v.organization_id = :organization_id AND v.location_id = :location_id
    ORDER BY v.ordinal, v.id LIMIT :limit OFFSET :offset`,
);

const CREATE = statement<SpaceLevelRow>(
  'spaces.level.create',
  `INSERT INTO spaces.levels AS v ${insertValues(SpaceLevel, { id: 'DEFAULT', created_at: ':now', updated_at: ':now' })}
   RETURNING ${COLUMNS('v')}`,
);

const CHANGE = statement<SpaceLevelRow>(
  'spaces.level.change',
  `UPDATE spaces.levels old SET ${setFromJson(SpaceLevel, ['name', 'ordinal', 'updated_at'], {
    ordinal: 'coalesce(change.ordinal, 0)',
  })}
    WHERE organization_id = :organization_id AND id = :id
   RETURNING ${COLUMNS('old')}`,
);

const DELETE = statement<{ id: number }>(
  'spaces.level.delete',
  `DELETE FROM spaces.levels WHERE organization_id = :organization_id AND id = :id RETURNING id`,
);

/** Levels of locations; every statement is restricted to one organization. */
export class SpaceLevelsRepository extends StatementRepository<SpaceLevel> {
  static readonly entity = SpaceLevel;

  findLevel(organization_id: number, id: number): Promise<SpaceLevelRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  list(organization_id: number, location_id: number, page: Page): Promise<SpaceLevelRow[]> {
    return this.all(LIST, { organization_id, location_id, ...page });
  }

  async insertLevel(
    organization_id: number,
    location_id: number,
    values: SpaceLevelValues,
    now: Instant,
  ): Promise<SpaceLevelRow | undefined> {
    const write = this.one(CREATE, { organization_id, location_id, ...values, now });
    return whenRefused(write, { fk_levels_location: locationNotFound });
  }

  /** Returns `undefined` if there is no such level. */
  changeLevel(
    organization_id: number,
    id: number,
    change: { readonly name?: string | undefined; readonly ordinal?: number | null | undefined },
    now: Instant,
  ): Promise<SpaceLevelRow | undefined> {
    const values = JSON.stringify({ ...change, updated_at: now });
    return this.one(CHANGE, { organization_id, id, change: values });
  }

  /** Its spaces are then on no level. Returns whether there was one. */
  async deleteLevel(organization_id: number, id: number): Promise<boolean> {
    return (await this.one(DELETE, { organization_id, id })) !== undefined;
  }
}
