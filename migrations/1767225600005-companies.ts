import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Companies: who publishes events. */
export class Companies1767225600005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA companies;

      CREATE TABLE companies.companies (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        name text NOT NULL,
        slug text NOT NULL,
        use_api boolean NOT NULL,
        time_zone text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_companies PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_companies_public_slug UNIQUE (slug),
        CONSTRAINT fk_companies_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA companies CASCADE`);
  }
}
