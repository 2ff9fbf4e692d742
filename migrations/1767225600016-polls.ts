import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls: people without a membership, events with all that belongs to them, hooks; and the outbox that serves both. */
export class Polls1767225600016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA outbox;

      CREATE TABLE outbox.deliveries (
        organization_id integer NOT NULL,
        id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL,
        target text NOT NULL,
        payload json NOT NULL,
        state text NOT NULL DEFAULT 'waiting',
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        done_at timestamptz,
        trouble text,
        CONSTRAINT pk_deliveries PRIMARY KEY (organization_id, id),
        CONSTRAINT ck_deliveries_state CHECK (state IN ('waiting', 'delivered', 'kept', 'given up')),
        CONSTRAINT fk_deliveries_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );
      CREATE INDEX ix_deliveries_due ON outbox.deliveries (due_at) WHERE state = 'waiting';
      CREATE INDEX ix_deliveries_target ON outbox.deliveries (organization_id, kind, target, id);

      CREATE SCHEMA polls;

      CREATE TABLE polls.users (
        organization_id integer NOT NULL,
        id text NOT NULL,
        email citext NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_users PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_users_email UNIQUE (organization_id, email),
        CONSTRAINT fk_users_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );

      -- Whoever was known by an address alone keeps the id when they become a member, whatever creates the member.
      CREATE FUNCTION polls.adopt_user() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        SELECT coalesce((SELECT u.id FROM polls.users u
                          WHERE u.organization_id = NEW.organization_id AND u.email = NEW.email
                            AND NOT EXISTS (SELECT FROM tenancy.members m
                                             WHERE m.organization_id = u.organization_id AND m.polls_id = u.id)),
                        NEW.polls_id) INTO NEW.polls_id;
        RETURN NEW;
      END $$;
      CREATE TRIGGER member_adopts_polls_user BEFORE INSERT ON tenancy.members
        FOR EACH ROW EXECUTE FUNCTION polls.adopt_user();

      CREATE TABLE polls.events (
        organization_id integer NOT NULL,
        id text NOT NULL,
        title text NOT NULL,
        creator_user text NOT NULL,
        creator_member_id integer,
        created_by json NOT NULL,
        key_store_id text NOT NULL,
        reply_address text NOT NULL,
        lang text NOT NULL,
        locale text NOT NULL,
        time_zone text,
        third_party json NOT NULL,
        vyteme boolean,
        no_emails boolean,
        version integer NOT NULL,
        ics_sequence integer,
        confirmed_flag boolean NOT NULL,
        confirmed_at timestamptz,
        confirmed_date_id text,
        confirmed_place_id text,
        cancelled_at timestamptz,
        ahead_until timestamptz,
        dates json NOT NULL,
        places json NOT NULL,
        invitees json NOT NULL,
        messages json NOT NULL,
        declines json NOT NULL,
        keys json NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_events_public_id UNIQUE (id),
        CONSTRAINT ck_events_lang CHECK (lang IN ('fr', 'en', 'es', 'it', 'pt', 'de', 'sv', 'nl')),
        CONSTRAINT ck_events_locale CHECK (locale IN ('fr', 'en', 'es', 'it', 'pt', 'de', 'sv', 'nl')),
        CONSTRAINT ck_events_confirmed_has_date CHECK (NOT confirmed_flag OR confirmed_date_id IS NOT NULL),
        CONSTRAINT ck_events_cancelled_is_not_confirmed CHECK (cancelled_at IS NULL OR NOT confirmed_flag),
        CONSTRAINT fk_events_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_events_creator FOREIGN KEY (organization_id, creator_member_id)
          REFERENCES tenancy.members (organization_id, id)
      );
      CREATE INDEX ix_events_newest ON polls.events (organization_id, created_at DESC, id DESC);
      CREATE INDEX ix_events_confirmed ON polls.events (organization_id, created_at DESC, id DESC)
        WHERE confirmed_flag;
      CREATE INDEX ix_events_ahead ON polls.events (organization_id, ahead_until);
      CREATE INDEX ix_events_creator ON polls.events (organization_id, creator_member_id);

      CREATE TABLE polls.event_marks (
        organization_id integer NOT NULL,
        kind text NOT NULL,
        value text NOT NULL,
        created_at timestamptz NOT NULL,
        event_id text NOT NULL,
        CONSTRAINT pk_event_marks PRIMARY KEY (organization_id, kind, value, created_at, event_id),
        CONSTRAINT fk_event_marks_event FOREIGN KEY (organization_id, event_id)
          REFERENCES polls.events (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_event_marks_event ON polls.event_marks (organization_id, event_id);

      CREATE TABLE polls.hooks (
        organization_id integer NOT NULL,
        id text NOT NULL,
        url text NOT NULL,
        events text[] NOT NULL,
        active boolean NOT NULL,
        sealed_secret text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_hooks PRIMARY KEY (organization_id, id),
        CONSTRAINT fk_hooks_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER member_adopts_polls_user ON tenancy.members;
      DROP SCHEMA polls CASCADE;
      DROP SCHEMA outbox CASCADE;
    `);
  }
}
