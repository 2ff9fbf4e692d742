import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What clients keep of a lab machine, and lists of realms of one kind among many others. */
export class Clients1767225600064 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE training.class_resources
        ADD COLUMN view_interface text,
        ADD COLUMN image_region_mapping jsonb;
      CREATE INDEX ix_realms_kind ON realms.realms (organization_id, kind, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX realms.ix_realms_kind;
      ALTER TABLE training.class_resources DROP COLUMN image_region_mapping, DROP COLUMN view_interface;
    `);
  }
}
