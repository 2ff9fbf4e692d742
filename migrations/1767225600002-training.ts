import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training: classes and the events that give them. */
export class Training1767225600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA training;

      CREATE TABLE training.classes (
        organization_id integer NOT NULL,
        id text NOT NULL,
        name text NOT NULL,
        owner_id integer,
        description text,
        resources jsonb NOT NULL,
        presentation_notes jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_classes PRIMARY KEY (organization_id, id),
        CONSTRAINT fk_classes_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_classes_owner FOREIGN KEY (organization_id, owner_id)
          REFERENCES tenancy.members (organization_id, id)
      );
      CREATE INDEX ix_classes_owner ON training.classes (organization_id, owner_id);

      CREATE TABLE training.events (
        organization_id integer NOT NULL,
        id text NOT NULL,
        token text NOT NULL,
        name text NOT NULL,
        owner_id integer NOT NULL,
        class_id text NOT NULL,
        availability text NOT NULL,
        description text,
        date_start timestamptz NOT NULL,
        date_end timestamptz NOT NULL,
        include_chat boolean NOT NULL,
        include_video boolean NOT NULL,
        tas text[] NOT NULL,
        trainees text[] NOT NULL,
        partner_id text,
        use_new_terminal boolean NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_events_public_id UNIQUE (id),
        CONSTRAINT uq_events_token UNIQUE (organization_id, token),
        CONSTRAINT ck_events_ends_after_start CHECK (date_end > date_start),
        CONSTRAINT ck_events_availability CHECK (availability IN ('public', 'private')),
        CONSTRAINT ck_events_trainees_only_when_private CHECK (availability = 'private' OR cardinality(trainees) = 0),
        CONSTRAINT fk_events_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_events_owner FOREIGN KEY (organization_id, owner_id)
          REFERENCES tenancy.members (organization_id, id),
        CONSTRAINT fk_events_class FOREIGN KEY (organization_id, class_id)
          REFERENCES training.classes (organization_id, id)
      );
      CREATE INDEX ix_events_start ON training.events (organization_id, date_start, id);
      CREATE INDEX ix_events_class ON training.events (organization_id, class_id);
      CREATE INDEX ix_events_owner ON training.events (organization_id, owner_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA training CASCADE`);
  }
}
