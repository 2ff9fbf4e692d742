import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Realms: the parts of a school, who belongs to them, and their calendars. */
export class Realms1767225600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA realms;

      CREATE TABLE realms.realms (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL,
        name text NOT NULL,
        parent_id integer,
        time_zone text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_realms PRIMARY KEY (organization_id, id),
        CONSTRAINT ck_realms_kind CHECK (kind IN ('district', 'school', 'course', 'section', 'group')),
        CONSTRAINT ck_realms_district_on_top CHECK (kind <> 'district' OR parent_id IS NULL),
        CONSTRAINT fk_realms_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_realms_parent FOREIGN KEY (organization_id, parent_id)
          REFERENCES realms.realms (organization_id, id)
      );
      CREATE INDEX ix_realms_parent ON realms.realms (organization_id, parent_id);

      CREATE TABLE realms.memberships (
        organization_id integer NOT NULL,
        realm_id integer NOT NULL,
        member_id integer NOT NULL,
        is_admin boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_memberships PRIMARY KEY (organization_id, realm_id, member_id),
        CONSTRAINT fk_memberships_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_memberships_realm FOREIGN KEY (organization_id, realm_id)
          REFERENCES realms.realms (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_memberships_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_memberships_member ON realms.memberships (organization_id, member_id);

      -- Times are wall clocks of the realm: no zone, no conversion.
      CREATE TABLE realms.events (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        realm_id integer,
        user_id integer,
        creator_id integer,
        type text NOT NULL,
        title text NOT NULL,
        description text NOT NULL,
        starts_at timestamp NOT NULL,
        ends_at timestamp,
        has_end boolean NOT NULL,
        all_day boolean NOT NULL,
        rsvp smallint NOT NULL,
        comments_enabled boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (organization_id, id),
        CONSTRAINT ck_events_one_calendar CHECK ((realm_id IS NULL) <> (user_id IS NULL)),
        CONSTRAINT ck_events_type CHECK (type IN ('event', 'assignment', 'discussion')),
        CONSTRAINT ck_events_rsvp CHECK (rsvp IN (0, 1, 2)),
        CONSTRAINT ck_events_has_end CHECK (has_end = (ends_at IS NOT NULL)),
        CONSTRAINT ck_events_ends_after_start CHECK (ends_at >= starts_at),
        CONSTRAINT fk_events_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_events_realm FOREIGN KEY (organization_id, realm_id)
          REFERENCES realms.realms (organization_id, id),
        CONSTRAINT fk_events_user FOREIGN KEY (organization_id, user_id)
          REFERENCES tenancy.members (organization_id, id),
        CONSTRAINT fk_events_creator FOREIGN KEY (organization_id, creator_id)
          REFERENCES tenancy.members (organization_id, id)
      );
      CREATE INDEX ix_events_realm ON realms.events (organization_id, realm_id, starts_at, id);
      CREATE INDEX ix_events_user ON realms.events (organization_id, user_id, starts_at, id);
      CREATE INDEX ix_events_creator ON realms.events (organization_id, creator_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA realms CASCADE`);
  }
}
