import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Companies: where the picture of an event page comes from, in a column that keeps the order of its keys. */
export class CompanyEventPictures1767225600022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE companies.events ADD COLUMN unsplash_data json;
      UPDATE companies.events SET unsplash_data = nullif(page->'unsplash_data', 'null')::json, page = page - 'unsplash_data'
       WHERE page ? 'unsplash_data';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE companies.events SET page = page || jsonb_build_object('unsplash_data', unsplash_data::jsonb)
       WHERE unsplash_data IS NOT NULL;
      ALTER TABLE companies.events DROP COLUMN unsplash_data;
    `);
  }
}
