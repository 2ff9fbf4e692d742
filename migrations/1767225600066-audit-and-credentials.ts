import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log; uses, successors and scopes of credentials; admin tokens; voting keys and mails encrypted. */
export class AuditAndCredentials1767225600066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tenancy.audit_entries (
        id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL,
        action text NOT NULL,
        organization_id integer,
        actor text,
        address text,
        subject text,
        outcome text NOT NULL,
        attempts integer NOT NULL DEFAULT 1,
        details jsonb NOT NULL DEFAULT '{}',
        request_id text,
        CONSTRAINT pk_audit_entries PRIMARY KEY (id)
      );
      CREATE INDEX ix_audit_entries_organization ON tenancy.audit_entries (organization_id, id);
      CREATE INDEX ix_audit_entries_at ON tenancy.audit_entries (at);

      -- An entry is never changed. It can be deleted once it is older than the shortest retention that can be set.
      CREATE FUNCTION tenancy.keep_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          IF OLD.at < now() - interval '30 days' THEN
            RETURN OLD;
          END IF;
        END IF;
        RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE ON tenancy.audit_entries
        FOR EACH ROW EXECUTE FUNCTION tenancy.keep_audit_entries();
      CREATE TRIGGER audit_entries_not_truncated BEFORE TRUNCATE ON tenancy.audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION tenancy.keep_audit_entries();

      -- Beside the credentials: a change of theirs is announced to every process.
      CREATE TABLE tenancy.credential_uses (
        organization_id integer NOT NULL,
        credential_id integer NOT NULL,
        first_used_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        CONSTRAINT pk_credential_uses PRIMARY KEY (organization_id, credential_id),
        CONSTRAINT fk_credential_uses_credential FOREIGN KEY (organization_id, credential_id)
          REFERENCES tenancy.credentials (organization_id, id) ON DELETE CASCADE
      );

      ALTER TABLE tenancy.credentials
        ADD COLUMN successor_id integer,
        ADD CONSTRAINT fk_credentials_successor FOREIGN KEY (organization_id, successor_id)
          REFERENCES tenancy.credentials (organization_id, id) ON DELETE SET NULL (successor_id);

      -- Until now only companies asked for scopes: what others hold meant nothing, and may mean something from now on.
      UPDATE tenancy.credentials SET scopes = '{}' WHERE surface <> 'companies' AND scopes <> '{}';

      CREATE TABLE tenancy.admin_tokens (
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        name text NOT NULL,
        lookup text NOT NULL,
        secret_sha256 bytea NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        CONSTRAINT pk_admin_tokens PRIMARY KEY (id),
        CONSTRAINT uq_admin_tokens_name UNIQUE (name),
        CONSTRAINT uq_admin_tokens_lookup UNIQUE (lookup)
      );

      -- Encrypted by the service, which has the secret: those that are there when it starts.
      ALTER TABLE polls.events
        ALTER COLUMN keys DROP NOT NULL,
        ADD COLUMN sealed_keys text,
        ADD CONSTRAINT ck_events_keys CHECK ((keys IS NULL) <> (sealed_keys IS NULL));
      CREATE INDEX ix_events_unsealed ON polls.events (organization_id, id) WHERE sealed_keys IS NULL;
      CREATE INDEX ix_deliveries_unsealed ON outbox.deliveries (organization_id, id)
        WHERE kind = 'mail' AND (payload ->> 'sealed') IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The keys cannot be read without the secret: each invitee gets a new one with the next change of the event.
    await runner.query(`
      DROP INDEX outbox.ix_deliveries_unsealed;
      ALTER TABLE polls.events DROP CONSTRAINT ck_events_keys;
      UPDATE polls.events SET keys = '{}' WHERE keys IS NULL;
      ALTER TABLE polls.events DROP COLUMN sealed_keys, ALTER COLUMN keys SET NOT NULL;
      DROP TABLE tenancy.admin_tokens;
      ALTER TABLE tenancy.credentials DROP COLUMN successor_id;
      DROP TABLE tenancy.credential_uses;
      DROP TABLE tenancy.audit_entries;
      DROP FUNCTION tenancy.keep_audit_entries;
    `);
  }
}
