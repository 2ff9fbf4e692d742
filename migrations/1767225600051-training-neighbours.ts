import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training: labels and lab machines of classes. */
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
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE training.class_resources;
      ALTER TABLE training.classes DROP COLUMN labels;
    `);
  }
}
