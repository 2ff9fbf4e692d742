import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What clients of realm calendars sign with, and what members do with events. */
export class RealmCalendars1767225600014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tenancy.oauth_tokens (
        organization_id integer NOT NULL,
        token text NOT NULL,
        credential_id integer NOT NULL,
        kind text NOT NULL,
        sealed_secret text NOT NULL,
        member_id integer,
        callback text,
        verifier text,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        CONSTRAINT pk_oauth_tokens PRIMARY KEY (organization_id, token),
        CONSTRAINT ck_oauth_tokens_kind CHECK (kind IN ('request', 'access')),
        CONSTRAINT ck_oauth_tokens_access_has_member CHECK (kind = 'request' OR member_id IS NOT NULL),
        CONSTRAINT fk_oauth_tokens_credential FOREIGN KEY (organization_id, credential_id)
          REFERENCES tenancy.credentials (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_oauth_tokens_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_oauth_tokens_credential ON tenancy.oauth_tokens (organization_id, credential_id);
      CREATE INDEX ix_oauth_tokens_member ON tenancy.oauth_tokens (organization_id, member_id);
      CREATE INDEX ix_oauth_tokens_expiry ON tenancy.oauth_tokens (expires_at);
      CREATE TRIGGER oauth_token_changed AFTER UPDATE OR DELETE ON tenancy.oauth_tokens
        FOR EACH ROW EXECUTE FUNCTION tenancy.announce_credential_change();

      -- One row for each request of the last minutes: no reference to the credential, which every insert would lock.
      CREATE TABLE tenancy.oauth_nonces (
        organization_id integer NOT NULL,
        credential_id integer NOT NULL,
        digest bytea NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_oauth_nonces PRIMARY KEY (organization_id, credential_id, digest)
      );
      CREATE INDEX ix_oauth_nonces_expiry ON tenancy.oauth_nonces (expires_at);

      ALTER TABLE realms.events ADD COLUMN attached_links jsonb NOT NULL DEFAULT '[]';

      CREATE TABLE realms.rsvps (
        organization_id integer NOT NULL,
        event_id integer NOT NULL,
        member_id integer NOT NULL,
        response text NOT NULL,
        answered_at timestamptz NOT NULL,
        CONSTRAINT pk_rsvps PRIMARY KEY (organization_id, event_id, member_id),
        CONSTRAINT ck_rsvps_response CHECK (response IN ('yes', 'no', 'maybe')),
        CONSTRAINT fk_rsvps_event FOREIGN KEY (organization_id, event_id)
          REFERENCES realms.events (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_rsvps_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_rsvps_member ON realms.rsvps (organization_id, member_id);

      CREATE TABLE realms.comments (
        organization_id integer NOT NULL,
        id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        event_id integer NOT NULL,
        member_id integer NOT NULL,
        comment text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_comments PRIMARY KEY (organization_id, id),
        CONSTRAINT fk_comments_event FOREIGN KEY (organization_id, event_id)
          REFERENCES realms.events (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_comments_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_comments_event ON realms.comments (organization_id, event_id, id);
      CREATE INDEX ix_comments_member ON realms.comments (organization_id, member_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE realms.comments, realms.rsvps;
      ALTER TABLE realms.events DROP COLUMN attached_links;
      DROP TABLE tenancy.oauth_nonces, tenancy.oauth_tokens;
    `);
  }
}
