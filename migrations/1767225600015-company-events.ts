import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Companies: their events, and who hosts those with them. */
export class CompanyEvents1767225600015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE EXTENSION IF NOT EXISTS btree_gin;

      CREATE TABLE companies.events (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        company_id integer NOT NULL,
        slug text NOT NULL,
        name text NOT NULL,
        name_key text NOT NULL,
        date_start timestamp NOT NULL,
        date_end timestamp NOT NULL,
        attendance_mode text NOT NULL,
        company_role text NOT NULL,
        timezone text NOT NULL,
        locale text NOT NULL,
        privacy_policy text,
        tax_country text,
        requires_ticket_assignment boolean,
        city text,
        province text,
        country text,
        google_place_id text,
        venue text,
        venue_address text,
        venue_google_place_id text,
        page jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_events_slug UNIQUE (organization_id, company_id, slug),
        CONSTRAINT ck_events_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND slug <> 'create'),
        CONSTRAINT ck_events_attendance_mode CHECK (attendance_mode IN ('online', 'offline')),
        CONSTRAINT ck_events_company_role CHECK (company_role IN ('organizing', 'attending')),
        CONSTRAINT ck_events_ends_not_before_start CHECK (date_end >= date_start),
        CONSTRAINT ck_events_offline_has_a_place CHECK (attendance_mode = 'online'
          OR (city IS NOT NULL AND province IS NOT NULL AND country IS NOT NULL)),
        CONSTRAINT ck_events_online_has_no_city CHECK (attendance_mode = 'offline'
          OR (city IS NULL AND google_place_id IS NULL)),
        CONSTRAINT ck_events_organizing_says_who_gets_tickets CHECK (company_role = 'attending'
          OR requires_ticket_assignment IS NOT NULL),
        CONSTRAINT fk_events_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_events_company FOREIGN KEY (organization_id, company_id)
          REFERENCES companies.companies (organization_id, id)
      );
      CREATE INDEX ix_events_newest ON companies.events (organization_id, company_id, date_start DESC, slug COLLATE "C");
      CREATE INDEX ix_events_name ON companies.events
        USING gin (organization_id, company_id, name_key gin_trgm_ops);

      CREATE TABLE companies.cohosts (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        event_id integer NOT NULL,
        position integer NOT NULL,
        name text NOT NULL,
        privacy_policy text,
        CONSTRAINT pk_cohosts PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_cohosts_position UNIQUE (organization_id, event_id, position) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_cohosts_position CHECK (position >= 1),
        CONSTRAINT fk_cohosts_event FOREIGN KEY (organization_id, event_id)
          REFERENCES companies.events (organization_id, id) ON DELETE CASCADE
      );

      -- A company's plan is a part of what a credential is worth, so it is announced as that.
      CREATE TRIGGER company_changed AFTER UPDATE OR DELETE ON companies.companies
        FOR EACH ROW EXECUTE FUNCTION tenancy.announce_credential_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER company_changed ON companies.companies;
      DROP TABLE companies.cohosts;
      DROP TABLE companies.events;
      DROP EXTENSION btree_gin;
      DROP EXTENSION pg_trgm;
    `);
  }
}
