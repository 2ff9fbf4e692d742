import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Attempts that were counted lately, over all processes. Unlogged: they cost no disk, and a crash of PostgreSQL that
 * forgets them forgets a minute, or an hour of one event.
 */
export class AttemptWindows1767225600033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE tenancy.attempt_windows (
        digest bytea NOT NULL,
        attempts integer NOT NULL,
        ends_at timestamptz NOT NULL,
        CONSTRAINT pk_attempt_windows PRIMARY KEY (digest)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE tenancy.attempt_windows`);
  }
}
