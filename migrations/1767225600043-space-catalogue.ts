import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Spaces: levels of a location, amenities, and what else clients read of a space and its location. */
export class SpaceCatalogue1767225600043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE spaces.levels (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        location_id integer NOT NULL,
        name text NOT NULL,
        ordinal integer NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_levels PRIMARY KEY (organization_id, id),
        -- What a space refers to, so that its level is one of its own location.
        CONSTRAINT uq_levels_location UNIQUE (organization_id, location_id, id),
        CONSTRAINT fk_levels_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_levels_location FOREIGN KEY (organization_id, location_id)
          REFERENCES spaces.locations (organization_id, id) ON DELETE CASCADE
      );

      ALTER TABLE spaces.locations
        ADD COLUMN description text,
        ADD COLUMN image text,
        ADD COLUMN latitude double precision,
        ADD COLUMN longitude double precision,
        ADD CONSTRAINT ck_locations_latitude CHECK (latitude BETWEEN -90 AND 90),
        ADD CONSTRAINT ck_locations_longitude CHECK (longitude BETWEEN -180 AND 180);

      ALTER TABLE spaces.spaces
        ADD COLUMN level_id integer,
        ADD COLUMN image text,
        ADD COLUMN discovery_radius double precision NOT NULL DEFAULT 3,
        ADD COLUMN is_accessible boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT ck_spaces_discovery_radius CHECK (discovery_radius >= 0),
        ADD CONSTRAINT fk_spaces_level FOREIGN KEY (organization_id, location_id, level_id)
          REFERENCES spaces.levels (organization_id, location_id, id) ON DELETE SET NULL (level_id);
      CREATE INDEX ix_spaces_level ON spaces.spaces (organization_id, level_id);

      CREATE TABLE spaces.amenities (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        name citext NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_amenities PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_amenities_name UNIQUE (organization_id, name),
        CONSTRAINT fk_amenities_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );

      CREATE TABLE spaces.space_amenities (
        organization_id integer NOT NULL,
        space_id integer NOT NULL,
        amenity_id integer NOT NULL,
        quantity integer,
        note text,
        CONSTRAINT pk_space_amenities PRIMARY KEY (organization_id, space_id, amenity_id),
        CONSTRAINT ck_space_amenities_quantity CHECK (quantity >= 0),
        CONSTRAINT fk_space_amenities_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_space_amenities_space FOREIGN KEY (organization_id, space_id)
          REFERENCES spaces.spaces (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_space_amenities_amenity FOREIGN KEY (organization_id, amenity_id)
          REFERENCES spaces.amenities (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_space_amenities_amenity ON spaces.space_amenities (organization_id, amenity_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE spaces.space_amenities;
      DROP TABLE spaces.amenities;
      ALTER TABLE spaces.spaces
        DROP COLUMN level_id, DROP COLUMN image, DROP COLUMN discovery_radius, DROP COLUMN is_accessible;
      ALTER TABLE spaces.locations
        DROP COLUMN description, DROP COLUMN image, DROP COLUMN latitude, DROP COLUMN longitude;
      DROP TABLE spaces.levels;
    `);
  }
}
