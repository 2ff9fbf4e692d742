import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls: which calendar file each person was sent last, so that removed people and late decliners are told. */
export class PollCalendarFiles1767225600037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Until now a confirmation went to everybody who had not declined by then.
    await runner.query(`
      ALTER TABLE polls.events ADD COLUMN calendar_files json NOT NULL DEFAULT '{}';
      UPDATE polls.events e SET calendar_files = (
               SELECT coalesce(json_object_agg(i->>'user',
                        json_build_object('method', 'REQUEST', 'sequence', e.ics_sequence)), '{}')
                 FROM json_array_elements(e.invitees) i
                WHERE NOT EXISTS (SELECT FROM json_array_elements(e.declines) d
                                   WHERE d->'created_by'->>'user' = i->>'user'
                                     AND (d->>'createdAt')::timestamptz <= e.confirmed_at))
       WHERE e.confirmed_flag AND e.ics_sequence IS NOT NULL AND e.no_emails IS NOT TRUE;
      ALTER TABLE polls.events ALTER COLUMN calendar_files DROP DEFAULT;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE polls.events DROP COLUMN calendar_files');
  }
}
