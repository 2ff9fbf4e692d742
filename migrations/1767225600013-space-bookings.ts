import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bookings of spaces: what an event says, when it holds which space, who comes, and who checked in. */
export class SpaceBookings1767225600013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      -- A single booking, the master of a series, or an occurrence that was changed (then series_id names its master).
      CREATE TABLE spaces.events (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        series_id integer,
        space_id integer NOT NULL,
        title text NOT NULL,
        description text,
        location text,
        starts_at timestamptz NOT NULL,
        start_zone text NOT NULL,
        ends_at timestamptz NOT NULL,
        end_zone text NOT NULL,
        is_all_day boolean NOT NULL,
        visibility text NOT NULL,
        uid text NOT NULL,
        remote_event_id text,
        remote_type text,
        creation_type text NOT NULL,
        organizer_id integer,
        organizer_email text,
        creator_id integer,
        creator_email text,
        recurrence text[],
        held_until timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (organization_id, id),
        CONSTRAINT ck_events_ends_after_start CHECK (ends_at > starts_at),
        CONSTRAINT ck_events_visibility
          CHECK (visibility IN ('default', 'public', 'private', 'personal', 'confidential')),
        CONSTRAINT ck_events_creation_type CHECK (creation_type IN ('synced', 'manual', 'automatic')),
        CONSTRAINT ck_events_one_level CHECK (series_id IS NULL OR recurrence IS NULL),
        CONSTRAINT ck_events_horizon_of_series CHECK (held_until IS NULL OR recurrence IS NOT NULL),
        CONSTRAINT fk_events_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_events_series FOREIGN KEY (organization_id, series_id)
          REFERENCES spaces.events (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_events_space FOREIGN KEY (organization_id, space_id)
          REFERENCES spaces.spaces (organization_id, id),
        CONSTRAINT fk_events_organizer FOREIGN KEY (organization_id, organizer_id)
          REFERENCES tenancy.members (organization_id, id),
        CONSTRAINT fk_events_creator FOREIGN KEY (organization_id, creator_id)
          REFERENCES tenancy.members (organization_id, id)
      );
      CREATE UNIQUE INDEX uq_events_remote_id ON spaces.events (organization_id, space_id, remote_event_id)
        WHERE series_id IS NULL;
      CREATE INDEX ix_events_series ON spaces.events (organization_id, series_id);
      CREATE INDEX ix_events_organizer ON spaces.events (organization_id, organizer_id);
      CREATE INDEX ix_events_creator ON spaces.events (organization_id, creator_id);
      CREATE INDEX ix_events_horizon ON spaces.events (held_until) WHERE held_until IS NOT NULL;

      -- One row for each occurrence; the constraint below is what keeps two bookings apart, whoever writes.
      CREATE TABLE spaces.holds (
        organization_id integer NOT NULL,
        event_id integer NOT NULL,
        original_start timestamptz NOT NULL,
        detail_id integer NOT NULL,
        space_id integer NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        status text NOT NULL,
        CONSTRAINT pk_holds PRIMARY KEY (organization_id, event_id, original_start),
        CONSTRAINT ck_holds_ends_after_start CHECK (ends_at > starts_at),
        CONSTRAINT ck_holds_status CHECK (status IN ('confirmed', 'cancelled', 'skipped')),
        CONSTRAINT ex_holds_no_overlap EXCLUDE USING gist
          (organization_id WITH =, space_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
          WHERE (status = 'confirmed'),
        CONSTRAINT fk_holds_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_holds_event FOREIGN KEY (organization_id, event_id)
          REFERENCES spaces.events (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_holds_detail FOREIGN KEY (organization_id, detail_id)
          REFERENCES spaces.events (organization_id, id),
        CONSTRAINT fk_holds_space FOREIGN KEY (organization_id, space_id)
          REFERENCES spaces.spaces (organization_id, id)
      );
      -- Bookings of a space do not overlap, so the order of their ends is the order of their starts.
      CREATE INDEX ix_holds_space_end ON spaces.holds (organization_id, space_id, ends_at)
        WHERE status = 'confirmed';
      CREATE INDEX ix_holds_detail ON spaces.holds (organization_id, detail_id, ends_at);

      CREATE TABLE spaces.invitees (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        event_id integer NOT NULL,
        position integer NOT NULL,
        user_id integer,
        email citext NOT NULL,
        display_name text,
        response_status text NOT NULL,
        is_organizer boolean NOT NULL,
        is_resource boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_invitees PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_invitees_email UNIQUE (organization_id, event_id, email),
        CONSTRAINT ck_invitees_response_status CHECK (response_status IN
          ('not_responded', 'accepted', 'declined', 'tentative', 'delegated', 'unknown')),
        CONSTRAINT fk_invitees_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_invitees_event FOREIGN KEY (organization_id, event_id)
          REFERENCES spaces.events (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_invitees_user FOREIGN KEY (organization_id, user_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE SET NULL (user_id)
      );
      CREATE INDEX ix_invitees_user ON spaces.invitees (organization_id, user_id, event_id);

      CREATE TABLE spaces.confirmations (
        organization_id integer NOT NULL,
        event_id integer NOT NULL,
        original_start timestamptz NOT NULL,
        user_id integer,
        device_id integer,
        confirmed_at timestamptz NOT NULL,
        CONSTRAINT pk_confirmations PRIMARY KEY (organization_id, event_id, original_start),
        CONSTRAINT fk_confirmations_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_confirmations_hold FOREIGN KEY (organization_id, event_id, original_start)
          REFERENCES spaces.holds (organization_id, event_id, original_start) ON DELETE CASCADE,
        CONSTRAINT fk_confirmations_user FOREIGN KEY (organization_id, user_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE SET NULL (user_id)
      );
      CREATE INDEX ix_confirmations_user ON spaces.confirmations (organization_id, user_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE spaces.confirmations;
      DROP TABLE spaces.invitees;
      DROP TABLE spaces.holds;
      DROP TABLE spaces.events;
      DROP EXTENSION IF EXISTS btree_gist;
    `);
  }
}
