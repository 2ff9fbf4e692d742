import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Companies: what they show of themselves, and the uploaded pictures of their event pages. */
export class CompanyProfiles1767225600041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE companies.companies
        ADD COLUMN logo text,
        ADD COLUMN brand_color text,
        ADD COLUMN privacy_policy text,
        ADD COLUMN tagline text,
        ADD COLUMN url text;

      CREATE TABLE companies.header_images (
        organization_id integer NOT NULL,
        event_id integer NOT NULL,
        content_type text NOT NULL,
        hash text NOT NULL,
        bytes bytea NOT NULL,
        CONSTRAINT pk_header_images PRIMARY KEY (organization_id, event_id),
        CONSTRAINT fk_header_images_event FOREIGN KEY (organization_id, event_id)
          REFERENCES companies.events (organization_id, id) ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE companies.header_images;
      ALTER TABLE companies.companies
        DROP COLUMN logo,
        DROP COLUMN brand_color,
        DROP COLUMN privacy_policy,
        DROP COLUMN tagline,
        DROP COLUMN url;
    `);
  }
}
