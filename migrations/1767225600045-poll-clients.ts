import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls: what clients of the product call around events. */
export class PollClients1767225600045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE polls.hooks
        ADD COLUMN action text,
        ADD CONSTRAINT ck_hooks_action_is_its_event CHECK (action IS NULL OR events = ARRAY[action]);

      ALTER TABLE polls.events
        ADD COLUMN notify json NOT NULL DEFAULT '{}',
        ADD COLUMN without_notices json NOT NULL DEFAULT '[]';
      ALTER TABLE polls.events ALTER COLUMN notify DROP DEFAULT, ALTER COLUMN without_notices DROP DEFAULT;

      CREATE TABLE polls.notices (
        organization_id integer NOT NULL,
        event_id text NOT NULL,
        kind text NOT NULL,
        user_id text NOT NULL,
        since timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT pk_notices PRIMARY KEY (organization_id, event_id, kind, user_id),
        CONSTRAINT ck_notices_kind CHECK (kind IN ('votes', 'dates', 'messages')),
        CONSTRAINT fk_notices_event FOREIGN KEY (organization_id, event_id)
          REFERENCES polls.events (organization_id, id) ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE polls.notices;
      ALTER TABLE polls.events DROP COLUMN notify, DROP COLUMN without_notices;
      ALTER TABLE polls.hooks DROP CONSTRAINT ck_hooks_action_is_its_event, DROP COLUMN action;
    `);
  }
}
