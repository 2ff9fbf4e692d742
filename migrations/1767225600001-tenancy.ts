import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants, their people and their credentials. */
export class Tenancy1767225600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS citext;
      CREATE SCHEMA tenancy;

      CREATE TABLE tenancy.organizations (
        id integer GENERATED ALWAYS AS IDENTITY,
        name text NOT NULL,
        slug text NOT NULL,
        time_zone text NOT NULL DEFAULT 'UTC',
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_organizations PRIMARY KEY (id),
        CONSTRAINT uq_organizations_slug UNIQUE (slug),
        CONSTRAINT ck_organizations_slug_not_all_digits CHECK (slug ~ '[^0-9]')
      );

      CREATE TABLE tenancy.members (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        training_id text NOT NULL,
        polls_id text NOT NULL,
        email citext NOT NULL,
        name text,
        time_zone text,
        locale text,
        is_admin boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_members PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_members_email UNIQUE (organization_id, email),
        CONSTRAINT uq_members_training_id UNIQUE (organization_id, training_id),
        CONSTRAINT uq_members_polls_id UNIQUE (organization_id, polls_id),
        CONSTRAINT fk_members_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );

      CREATE TABLE tenancy.credentials (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        surface text NOT NULL,
        member_id integer,
        lookup text NOT NULL,
        secret_sha256 bytea,
        sealed_secret text,
        scopes text[] NOT NULL DEFAULT '{}',
        envelope boolean NOT NULL DEFAULT false,
        label text,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        CONSTRAINT pk_credentials PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_credentials_lookup UNIQUE (surface, lookup),
        CONSTRAINT ck_credentials_surface CHECK (surface IN ('training', 'spaces', 'realms', 'polls', 'companies')),
        CONSTRAINT ck_credentials_one_secret CHECK ((secret_sha256 IS NULL) <> (sealed_secret IS NULL)),
        CONSTRAINT fk_credentials_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_credentials_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_credentials_member ON tenancy.credentials (organization_id, member_id);

      CREATE TABLE tenancy.rate_windows (
        organization_id integer NOT NULL,
        credential_id integer NOT NULL,
        started_at bigint NOT NULL,
        taken integer NOT NULL,
        granted integer NOT NULL,
        CONSTRAINT pk_rate_windows PRIMARY KEY (organization_id, credential_id),
        CONSTRAINT fk_rate_windows_credential FOREIGN KEY (organization_id, credential_id)
          REFERENCES tenancy.credentials (organization_id, id) ON DELETE CASCADE
      );

      CREATE TABLE tenancy.sign_in_links (
        token_sha256 bytea NOT NULL,
        organization_id integer NOT NULL,
        member_id integer NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_sign_in_links PRIMARY KEY (token_sha256),
        CONSTRAINT fk_sign_in_links_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );

      CREATE TABLE tenancy.browser_sessions (
        token_sha256 bytea NOT NULL,
        organization_id integer NOT NULL,
        member_id integer NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_browser_sessions PRIMARY KEY (token_sha256),
        CONSTRAINT fk_browser_sessions_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );

      -- Every process remembers credentials for a while. Whatever changes what one is worth says so here, in the
      -- transaction that changes it, so that no code path can forget to.
      CREATE FUNCTION tenancy.announce_credential_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('quintet_credentials', OLD.organization_id::text);
        RETURN NULL;
      END $$;
      CREATE TRIGGER credential_changed AFTER UPDATE OR DELETE ON tenancy.credentials
        FOR EACH ROW EXECUTE FUNCTION tenancy.announce_credential_change();
      CREATE TRIGGER member_changed AFTER UPDATE OF is_admin ON tenancy.members
        FOR EACH ROW EXECUTE FUNCTION tenancy.announce_credential_change();

      CREATE FUNCTION tenancy.announce_organization_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('quintet_credentials', OLD.id::text);
        RETURN NULL;
      END $$;
      CREATE TRIGGER organization_changed AFTER UPDATE OF slug OR DELETE ON tenancy.organizations
        FOR EACH ROW EXECUTE FUNCTION tenancy.announce_organization_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA tenancy CASCADE;
      DROP EXTENSION IF EXISTS citext;
    `);
  }
}
