import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls: what clients of the product call around events. */
export class PollClients1767225600044 implements MigrationInterface {
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

      CREATE TABLE polls.member_details (
        organization_id integer NOT NULL,
        member_id integer NOT NULL,
        extid text,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_member_details PRIMARY KEY (organization_id, member_id),
        CONSTRAINT uq_member_details_extid UNIQUE (organization_id, extid),
        CONSTRAINT fk_member_details_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );

      -- Members are made in several ways; hooks are told of all of them.
      CREATE FUNCTION polls.tell_joined() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
        SELECT NEW.organization_id, 'polls.joined', NEW.polls_id, '{}', now(), NEW.created_at
         WHERE EXISTS (SELECT FROM polls.hooks h WHERE h.organization_id = NEW.organization_id AND h.active
                          AND 'user.joined' = ANY(h.events));
        RETURN NULL;
      END $$;
      CREATE TRIGGER member_joins_polls AFTER INSERT ON tenancy.members
        FOR EACH ROW EXECUTE FUNCTION polls.tell_joined();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER member_joins_polls ON tenancy.members;
      DROP FUNCTION polls.tell_joined();
      DROP TABLE polls.member_details;
      DROP TABLE polls.notices;
      ALTER TABLE polls.events DROP COLUMN notify, DROP COLUMN without_notices;
      ALTER TABLE polls.hooks DROP CONSTRAINT ck_hooks_action_is_its_event, DROP COLUMN action;
    `);
  }
}
