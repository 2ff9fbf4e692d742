import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds deliveries that were done with long ago. */
export class OutboxRetention1767225600021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX ix_deliveries_done ON outbox.deliveries (done_at) WHERE done_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX outbox.ix_deliveries_done`);
  }
}
