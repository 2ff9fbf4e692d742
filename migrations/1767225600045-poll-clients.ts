import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls: what clients of the product call around events. */
export class PollClients1767225600045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE polls.hooks
        ADD COLUMN action text,
        ADD CONSTRAINT ck_hooks_action_is_its_event CHECK (action IS NULL OR events = ARRAY[action]);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE polls.hooks DROP CONSTRAINT ck_hooks_action_is_its_event, DROP COLUMN action;
    `);
  }
}
