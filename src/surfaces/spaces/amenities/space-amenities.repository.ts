import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { AMENITY_COLUMNS, SPACE_AMENITY_COLUMNS } from '../catalogue/space.columns.js';
import { amenityNameTaken, amenityNotFound, spaceNotFound } from '../spaces.failures.js';
import type { AmenityResponseDto, SpaceAmenityResponseDto } from './space-amenities.dto.js';
import { Amenity } from './space-amenity.entity.js';

// Rows are as they are shown.

const FIND = statement<AmenityResponseDto>(
  'spaces.amenity.find',
  `SELECT ${AMENITY_COLUMNS} FROM spaces.amenities a WHERE a.organization_id = :organization_id AND a.id = :id`,
);

const LIST = statement<AmenityResponseDto>(
  'spaces.amenity.list',
  `SELECT ${AMENITY_COLUMNS} FROM spaces.amenities a
    WHERE a.organization_id = :organization_id
      AND (:query::text IS NULL OR position(lower(:query) IN lower(a.name::text)) > 0)
    ORDER BY a.name, a.id LIMIT :limit OFFSET :offset`,
);

const CREATE = statement<AmenityResponseDto>(
  'spaces.amenity.create',
  `INSERT INTO spaces.amenities AS a (organization_id, name, created_at, updated_at)
   VALUES (:organization_id, :name, :now, :now) RETURNING ${AMENITY_COLUMNS}`,
);

const CHANGE = statement<AmenityResponseDto>(
  'spaces.amenity.change',
  `UPDATE spaces.amenities a SET name = coalesce(:name, a.name), updated_at = :now
    WHERE a.organization_id = :organization_id AND a.id = :id RETURNING ${AMENITY_COLUMNS}`,
);

const DELETE = statement<{ id: number }>(
  'spaces.amenity.delete',
  `DELETE FROM spaces.amenities WHERE organization_id = :organization_id AND id = :id RETURNING id`,
);

const LIST_OF_SPACE = statement<SpaceAmenityResponseDto>(
  'spaces.space_amenity.list',
  `SELECT ${SPACE_AMENITY_COLUMNS}
     FROM spaces.space_amenities sa
     JOIN spaces.amenities a ON a.organization_id = sa.organization_id AND a.id = sa.amenity_id
    WHERE sa.organization_id = :organization_id AND sa.space_id = :space_id
    ORDER BY a.name, a.id LIMIT :limit OFFSET :offset`,
);

const FIND_OF_SPACE = statement<SpaceAmenityResponseDto>(
  'spaces.space_amenity.find',
  `SELECT ${SPACE_AMENITY_COLUMNS}
     FROM spaces.space_amenities sa
     JOIN spaces.amenities a ON a.organization_id = sa.organization_id AND a.id = sa.amenity_id
    WHERE sa.organization_id = :organization_id AND sa.space_id = :space_id AND sa.amenity_id = :amenity_id`,
);

const PUT = statement<SpaceAmenityResponseDto>(
  'spaces.space_amenity.put',
  `WITH sa AS (
     INSERT INTO spaces.space_amenities AS old (organization_id, space_id, amenity_id, quantity, note)
     VALUES (:organization_id, :space_id, :amenity_id, :quantity, :note)
     ON CONFLICT ON CONSTRAINT pk_space_amenities DO UPDATE SET
       quantity = CASE WHEN :changes_quantity::boolean THEN excluded.quantity ELSE old.quantity END,
       note = CASE WHEN :changes_note::boolean THEN excluded.note ELSE old.note END
     RETURNING *)
   SELECT ${SPACE_AMENITY_COLUMNS}
     FROM sa JOIN spaces.amenities a ON a.organization_id = sa.organization_id AND a.id = sa.amenity_id`,
);

const TAKE_AWAY = statement<{ amenity_id: number }>(
  'spaces.space_amenity.delete',
  `DELETE FROM spaces.space_amenities
    WHERE organization_id = :organization_id AND space_id = :space_id AND amenity_id = :amenity_id
   RETURNING amenity_id`,
);

/** What is said about an amenity of a space; `undefined` leaves it as it is. */
export interface SpaceAmenityChange {
  readonly quantity?: number | null | undefined;
  readonly note?: string | null | undefined;
}

/** Amenities and which spaces have them; every statement is restricted to one organization. */
export class SpaceAmenitiesRepository extends StatementRepository<Amenity> {
  static readonly entity = Amenity;

  findAmenity(organization_id: number, id: number): Promise<AmenityResponseDto | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  /** Those whose name contains `query`, in any case. */
  list(organization_id: number, query: string | undefined, page: Page): Promise<AmenityResponseDto[]> {
    return this.all(LIST, { organization_id, query, ...page });
  }

  insertAmenity(
    organization_id: number,
    name: string,
    now: Instant,
  ): Promise<AmenityResponseDto | undefined> {
    const write = this.one(CREATE, { organization_id, name, now });
    return whenRefused(write, { uq_amenities_name: amenityNameTaken });
  }

  /** Returns `undefined` if there is no such amenity. */
  changeAmenity(
    organization_id: number,
    id: number,
    name: string | undefined,
    now: Instant,
  ): Promise<AmenityResponseDto | undefined> {
    const write = this.one(CHANGE, { organization_id, id, name, now });
    return whenRefused(write, { uq_amenities_name: amenityNameTaken });
  }

  /** Returns whether there was one. */
  async deleteAmenity(organization_id: number, id: number): Promise<boolean> {
    return (await this.one(DELETE, { organization_id, id })) !== undefined;
  }

  listOfSpace(organization_id: number, space_id: number, page: Page): Promise<SpaceAmenityResponseDto[]> {
    return this.all(LIST_OF_SPACE, { organization_id, space_id, ...page });
  }

  findOfSpace(
    organization_id: number,
    space_id: number,
    amenity_id: number,
  ): Promise<SpaceAmenityResponseDto | undefined> {
    return this.one(FIND_OF_SPACE, { organization_id, space_id, amenity_id });
  }

  /** Gives a space an amenity, or changes what is said about it. */
  putOnSpace(
    organization_id: number,
    space_id: number,
    amenity_id: number,
    { quantity, note }: SpaceAmenityChange,
  ): Promise<SpaceAmenityResponseDto | undefined> {
    const write = this.one(PUT, {
      organization_id,
      space_id,
      amenity_id,
      quantity,
      note,
      changes_quantity: quantity !== undefined,
      changes_note: note !== undefined,
    });
    return whenRefused(write, {
      fk_space_amenities_space: spaceNotFound,
      fk_space_amenities_amenity: amenityNotFound,
    });
  }

  /** Returns whether the space had it. */
  async takeFromSpace(organization_id: number, space_id: number, amenity_id: number): Promise<boolean> {
    return (await this.one(TAKE_AWAY, { organization_id, space_id, amenity_id })) !== undefined;
  }
}
