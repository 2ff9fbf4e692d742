import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Spaces: the places of an organization and the rooms in them. */
export class Spaces1767225600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA spaces;

      CREATE TABLE spaces.locations (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        name text NOT NULL,
        address text,
        time_zone text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_locations PRIMARY KEY (organization_id, id),
        CONSTRAINT fk_locations_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );

      CREATE TABLE spaces.spaces (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        location_id integer NOT NULL,
        name text NOT NULL,
        description text,
        type text,
        capacity integer,
        is_disabled boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_spaces PRIMARY KEY (organization_id, id),
        CONSTRAINT ck_spaces_capacity CHECK (capacity >= 0),
        CONSTRAINT fk_spaces_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_spaces_location FOREIGN KEY (organization_id, location_id)
          REFERENCES spaces.locations (organization_id, id)
      );
      CREATE INDEX ix_spaces_location ON spaces.spaces (organization_id, location_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA spaces CASCADE`);
  }
}
