import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls: each message in a row of its own, so that saying something does not write all of its event anew. */
export class PollMessages1767225600036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE polls.event_messages (
        organization_id integer NOT NULL,
        event_id text NOT NULL,
        position integer NOT NULL,
        message json NOT NULL,
        CONSTRAINT pk_event_messages PRIMARY KEY (organization_id, event_id, position),
        CONSTRAINT fk_event_messages_event FOREIGN KEY (organization_id, event_id)
          REFERENCES polls.events (organization_id, id) ON DELETE CASCADE
      );
      INSERT INTO polls.event_messages (organization_id, event_id, position, message)
      SELECT e.organization_id, e.id, m.position, m.message
        FROM polls.events e CROSS JOIN json_array_elements(e.messages) WITH ORDINALITY AS m(message, position);

      ALTER TABLE polls.events ADD COLUMN messages_length integer NOT NULL DEFAULT 0;
      UPDATE polls.events SET messages_length = json_array_length(messages) WHERE json_array_length(messages) > 0;
      ALTER TABLE polls.events ALTER COLUMN messages_length DROP DEFAULT, DROP COLUMN messages;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE polls.events ADD COLUMN messages json NOT NULL DEFAULT '[]';
      UPDATE polls.events e SET messages = said.messages::json
        FROM (SELECT organization_id, event_id, '[' || string_agg(message::text, ',' ORDER BY position) || ']' AS messages
                FROM polls.event_messages GROUP BY organization_id, event_id) said
       WHERE said.organization_id = e.organization_id AND said.event_id = e.id;
      ALTER TABLE polls.events ALTER COLUMN messages DROP DEFAULT, DROP COLUMN messages_length;
      DROP TABLE polls.event_messages;
    `);
  }
}
