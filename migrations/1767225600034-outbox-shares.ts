import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what is due by organization and by target, so that each gets its share; counts what begins in an hour. */
export class OutboxShares1767225600034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX outbox.ix_deliveries_due;
      CREATE INDEX ix_deliveries_due ON outbox.deliveries (kind, organization_id, due_at, id)
        WHERE state = 'waiting';
      CREATE INDEX ix_deliveries_due_target ON outbox.deliveries (kind, organization_id, target, due_at, id)
        WHERE state = 'waiting';

      CREATE TABLE outbox.hourly_counts (
        organization_id integer NOT NULL,
        kind text NOT NULL,
        hour timestamptz NOT NULL,
        begun integer NOT NULL,
        CONSTRAINT pk_hourly_counts PRIMARY KEY (organization_id, kind),
        CONSTRAINT fk_hourly_counts_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE outbox.hourly_counts;
      DROP INDEX outbox.ix_deliveries_due_target, outbox.ix_deliveries_due;
      CREATE INDEX ix_deliveries_due ON outbox.deliveries (due_at) WHERE state = 'waiting';
    `);
  }
}
