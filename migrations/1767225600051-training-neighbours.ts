import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training: labels, lab machines and presentations of classes, partners, courses on demand. */
export class TrainingNeighbours1767225600051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE training.classes ADD COLUMN labels text[] NOT NULL DEFAULT '{}';

      CREATE TABLE training.class_resources (
        organization_id integer NOT NULL,
        class_id text NOT NULL,
        id text NOT NULL,
        type text NOT NULL,
        name text NOT NULL,
        image_id text,
        image_user text,
        instance_type text,
        is_custom_image boolean NOT NULL,
        webview_links jsonb NOT NULL,
        userdata text,
        post_launch_script text,
        ec2_region text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_class_resources PRIMARY KEY (organization_id, class_id, id),
        CONSTRAINT fk_class_resources_class FOREIGN KEY (organization_id, class_id)
          REFERENCES training.classes (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_class_resources_age ON training.class_resources (organization_id, class_id, created_at, id);

      CREATE TABLE training.presentations (
        organization_id integer NOT NULL,
        class_id text NOT NULL,
        id text NOT NULL,
        filename text NOT NULL,
        content_type text NOT NULL,
        size_bytes integer NOT NULL,
        md5 text NOT NULL,
        content bytea NOT NULL,
        upload_date timestamptz NOT NULL,
        CONSTRAINT pk_presentations PRIMARY KEY (organization_id, class_id, id),
        CONSTRAINT fk_presentations_class FOREIGN KEY (organization_id, class_id)
          REFERENCES training.classes (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_presentations_age ON training.presentations (organization_id, class_id, upload_date, id);

      CREATE TABLE training.presentation_notes (
        organization_id integer NOT NULL,
        class_id text NOT NULL,
        presentation_id text NOT NULL,
        id text NOT NULL,
        slide integer NOT NULL,
        position integer NOT NULL,
        text text NOT NULL,
        CONSTRAINT pk_presentation_notes PRIMARY KEY (organization_id, class_id, presentation_id, id),
        CONSTRAINT fk_presentation_notes_presentation FOREIGN KEY (organization_id, class_id, presentation_id)
          REFERENCES training.presentations (organization_id, class_id, id) ON DELETE CASCADE
      );

      CREATE TABLE training.partners (
        organization_id integer NOT NULL,
        id text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_partners PRIMARY KEY (organization_id, id),
        CONSTRAINT fk_partners_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );
      CREATE INDEX ix_partners_name ON training.partners (organization_id, name, id);

      CREATE TABLE training.partner_members (
        organization_id integer NOT NULL,
        partner_id text NOT NULL,
        id text NOT NULL,
        email citext NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_partner_members PRIMARY KEY (organization_id, partner_id, id),
        CONSTRAINT uq_partner_members_email UNIQUE (organization_id, partner_id, email),
        CONSTRAINT fk_partner_members_partner FOREIGN KEY (organization_id, partner_id)
          REFERENCES training.partners (organization_id, id) ON DELETE CASCADE
      );

      CREATE TABLE training.ondemand_courses (
        organization_id integer NOT NULL,
        id text NOT NULL,
        name text NOT NULL,
        class_id text NOT NULL,
        owner_id integer,
        description text,
        labels text[] NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pk_ondemand_courses PRIMARY KEY (organization_id, id),
        CONSTRAINT fk_ondemand_courses_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE,
        CONSTRAINT fk_ondemand_courses_class FOREIGN KEY (organization_id, class_id)
          REFERENCES training.classes (organization_id, id),
        CONSTRAINT fk_ondemand_courses_owner FOREIGN KEY (organization_id, owner_id)
          REFERENCES tenancy.members (organization_id, id)
      );
      CREATE INDEX ix_ondemand_courses_age ON training.ondemand_courses (organization_id, created_at, id);
      CREATE INDEX ix_ondemand_courses_class ON training.ondemand_courses (organization_id, class_id);
      CREATE INDEX ix_ondemand_courses_owner ON training.ondemand_courses (organization_id, owner_id);

      CREATE TABLE training.enrollments (
        organization_id integer NOT NULL,
        course_id text NOT NULL,
        id text NOT NULL,
        email citext NOT NULL,
        enrolled_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT pk_enrollments PRIMARY KEY (organization_id, course_id, id),
        CONSTRAINT uq_enrollments_email UNIQUE (organization_id, course_id, email),
        CONSTRAINT fk_enrollments_course FOREIGN KEY (organization_id, course_id)
          REFERENCES training.ondemand_courses (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_enrollments_age ON training.enrollments (organization_id, course_id, enrolled_at, email);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE training.enrollments, training.ondemand_courses;
      DROP TABLE training.partner_members, training.partners;
      DROP TABLE training.presentation_notes, training.presentations;
      DROP TABLE training.class_resources;
      ALTER TABLE training.classes DROP COLUMN labels;
    `);
  }
}
