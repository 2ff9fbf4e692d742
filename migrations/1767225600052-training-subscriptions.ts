import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training: subscriptions, and up to when the ends of events have been told to them. */
export class TrainingSubscriptions1767225600052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE training.subscriptions (
        organization_id integer NOT NULL,
        id text NOT NULL,
        target text NOT NULL,
        event text NOT NULL,
        status text NOT NULL,
        sealed_secret text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_subscriptions PRIMARY KEY (organization_id, id),
        CONSTRAINT ck_subscriptions_status CHECK (status IN ('active', 'inactive')),
        CONSTRAINT fk_subscriptions_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );
      CREATE INDEX ix_subscriptions_event ON training.subscriptions (organization_id, event)
        WHERE status = 'active';

      CREATE TABLE training.finish_watermarks (
        id integer NOT NULL,
        until timestamptz NOT NULL,
        CONSTRAINT pk_finish_watermarks PRIMARY KEY (id),
        CONSTRAINT ck_finish_watermarks_one_row CHECK (id = 1)
      );
      INSERT INTO training.finish_watermarks (id, until) VALUES (1, now());

      CREATE INDEX ix_events_end ON training.events (organization_id, date_end);

      -- Members are made by the admin API and by other products, so their subscriptions are told here.
      CREATE FUNCTION training.tell_member_create() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
        SELECT s.organization_id, 'training.subscription', s.id,
               json_build_object('event', s.event, 'at', NEW.created_at, 'row', json_build_object(
                 'id', NEW.training_id, 'email', NEW.email::text, 'name', NEW.name, 'is_admin', NEW.is_admin)),
               now(), NEW.created_at
          FROM training.subscriptions s
         WHERE s.organization_id = NEW.organization_id AND s.event = 'member.create' AND s.status = 'active';
        RETURN NULL;
      END $$;
      CREATE TRIGGER member_created_is_told AFTER INSERT ON tenancy.members
        FOR EACH ROW EXECUTE FUNCTION training.tell_member_create();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER member_created_is_told ON tenancy.members;
      DROP FUNCTION training.tell_member_create();
      DROP INDEX training.ix_events_end;
      DROP TABLE training.finish_watermarks, training.subscriptions;
    `);
  }
}
