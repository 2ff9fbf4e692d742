import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The type of the parameter that says whose rows a statement may see. A check runs when a parameter is bound, before the
 * statement is executed; this one sets what the policies of all tables read.
 */
export class RowSecurity1767225600061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE DOMAIN tenancy.row_security AS text
        CONSTRAINT ck_row_security CHECK (set_config('quintet.organizations', VALUE, true) IS NOT NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP DOMAIN tenancy.row_security`);
  }
}
