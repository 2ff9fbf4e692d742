import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Polls: teams, and when people are busy. */
export class PollTeams1767225600062 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE polls.teams (
        organization_id integer NOT NULL,
        id text NOT NULL,
        name text NOT NULL,
        extid text,
        level_name text,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_teams PRIMARY KEY (organization_id, id),
        CONSTRAINT uq_teams_extid UNIQUE (organization_id, extid),
        CONSTRAINT fk_teams_organization FOREIGN KEY (organization_id)
          REFERENCES tenancy.organizations (id) ON DELETE CASCADE
      );

      CREATE TABLE polls.team_people (
        organization_id integer NOT NULL,
        team_id text NOT NULL,
        role text NOT NULL,
        member_id integer NOT NULL,
        CONSTRAINT pk_team_people PRIMARY KEY (organization_id, team_id, role, member_id),
        CONSTRAINT ck_team_people_role CHECK (role IN ('admin', 'member')),
        CONSTRAINT fk_team_people_team FOREIGN KEY (organization_id, team_id)
          REFERENCES polls.teams (organization_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_team_people_member FOREIGN KEY (organization_id, member_id)
          REFERENCES tenancy.members (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_team_people_member ON polls.team_people (organization_id, member_id);

      ALTER TABLE polls.events
        ADD COLUMN team_id text,
        ADD CONSTRAINT fk_events_team FOREIGN KEY (organization_id, team_id)
          REFERENCES polls.teams (organization_id, id) ON DELETE SET NULL (team_id);
      CREATE INDEX ix_events_team ON polls.events (organization_id, team_id, created_at DESC, id DESC)
        WHERE team_id IS NOT NULL;

      CREATE TABLE polls.busy_times (
        organization_id integer NOT NULL,
        event_id text NOT NULL,
        user_id text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        all_day boolean NOT NULL,
        CONSTRAINT pk_busy_times PRIMARY KEY (organization_id, event_id, user_id),
        CONSTRAINT fk_busy_times_event FOREIGN KEY (organization_id, event_id)
          REFERENCES polls.events (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX ix_busy_times_user ON polls.busy_times (organization_id, user_id, ends_at);

      -- The confirmed dates of whoever takes part: of the organiser, and of those who did not decline.
      INSERT INTO polls.busy_times (organization_id, event_id, user_id, starts_at, ends_at, all_day)
      SELECT e.organization_id, e.id, invitee.user_id, times.starts_at, times.ends_at, d.all_day
        FROM polls.events e
       CROSS JOIN LATERAL (
         SELECT (date->>'date')::timestamptz AS date, (date->>'end_date')::timestamptz AS end_date,
                (date->>'all_day')::boolean AS all_day
           FROM json_array_elements(e.dates) date WHERE date->>'_id' = e.confirmed_date_id) d
       CROSS JOIN LATERAL (
         SELECT coalesce(e.time_zone, (SELECT one->>'timezone' FROM json_array_elements(e.invitees) one
                                        WHERE one->>'user' = e.creator_user)) AS name) zone
       CROSS JOIN LATERAL (
         SELECT CASE WHEN d.all_day THEN (d.date AT TIME ZONE zone.name)::date::timestamp AT TIME ZONE 'UTC'
                     ELSE d.date END AS starts_at,
                CASE WHEN d.all_day THEN ((d.end_date AT TIME ZONE zone.name)::date + 1)::timestamp AT TIME ZONE 'UTC'
                     ELSE d.end_date END AS ends_at) times
       CROSS JOIN LATERAL (
         SELECT one->>'user' AS user_id FROM json_array_elements(e.invitees) one
          WHERE one->>'user' = e.creator_user
             OR NOT EXISTS (SELECT FROM json_array_elements(e.declines) decline
                             WHERE decline->'created_by'->>'user' = one->>'user')) invitee
       WHERE e.confirmed_flag
      ON CONFLICT DO NOTHING;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE polls.busy_times;
      ALTER TABLE polls.events DROP COLUMN team_id;
      DROP TABLE polls.team_people;
      DROP TABLE polls.teams;
    `);
  }
}
