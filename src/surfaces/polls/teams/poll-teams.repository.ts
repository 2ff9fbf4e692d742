import type { Instant } from '../../../core/instant.js';
import { Failure } from '../../../core/failure.js';
import type { Page } from '../../../core/page.js';
import { insertValues, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { organizationIdOf } from '../poll-id.js';
import type { TeamRole } from './poll-team-person.entity.js';
import { PollTeam } from './poll-team.entity.js';

/** A team with the public ids of its people, the oldest member of the organization first. */
export type PollTeamRow = Readonly<Pick<PollTeam, 'id' | 'name' | 'extid' | 'level_name'>> & {
  /** The organization's public id. */
  readonly organization: string;
  readonly admins: readonly string[];
  readonly members: readonly string[];
};

export interface TeamMemberRow {
  readonly user_id: string;
  readonly email: string;
}

/** `undefined` leaves a field unchanged. */
export type PollTeamChange = {
  readonly [Field in 'name' | 'extid' | 'level_name']?: PollTeam[Field] | undefined;
};

/** The ids of people in one list of the team `t`. */
const people = (role: TeamRole): string =>
  `ARRAY(SELECT m.polls_id FROM polls.team_people p
         JOIN tenancy.members m ON m.organization_id = p.organization_id AND m.id = p.member_id
        WHERE p.organization_id = t.organization_id AND p.team_id = t.id AND p.role = '${role}' ORDER BY m.id)`;

const SELECT = `SELECT t.id, ${organizationIdOf('o')} AS organization, t.name, t.extid, t.level_name,
         ${people('admin')} AS admins, ${people('member')} AS members
    FROM polls.teams t JOIN tenancy.organizations o ON o.id = t.organization_id
   WHERE t.organization_id = :organization_id`;

const LIST = statement<PollTeamRow>(
  'polls.team.list',
  `${SELECT} ORDER BY t.name, t.id LIMIT :limit OFFSET :offset`,
);

const FIND = statement<PollTeamRow>('polls.team.find', `${SELECT} AND t.id = :id`);

const CREATE = statement<{ id: string }>(
  'polls.team.create',
  `INSERT INTO polls.teams ${insertValues(PollTeam)} RETURNING id`,
);

const CHANGE = statement<{ id: string }>(
  'polls.team.change',
  `UPDATE polls.teams AS old SET ${setFromJson(PollTeam, ['name', 'extid', 'level_name'])}
    WHERE organization_id = :organization_id AND id = :id RETURNING id`,
);

const DELETE = statement<{ id: string }>(
  'polls.team.delete',
  'DELETE FROM polls.teams WHERE organization_id = :organization_id AND id = :id RETURNING id',
);

// Locked, so that nobody of them is deleted before they are in the team.
const FIND_PEOPLE = statement<{ user_id: string }>(
  'polls.team.find_people',
  `SELECT m.polls_id AS user_id FROM tenancy.members m
    WHERE m.organization_id = :organization_id AND m.polls_id = ANY(:users::text[]) ORDER BY m.id FOR KEY SHARE`,
);

const SET_PEOPLE = statement<object>(
  'polls.team.set_people',
  `WITH wanted AS (
     SELECT m.id FROM tenancy.members m
      WHERE m.organization_id = :organization_id AND m.polls_id = ANY(:users::text[])),
   removed AS (
     DELETE FROM polls.team_people p
      WHERE p.organization_id = :organization_id AND p.team_id = :id AND p.role = :role
        AND p.member_id NOT IN (SELECT id FROM wanted))
   INSERT INTO polls.team_people (organization_id, team_id, role, member_id)
   SELECT :organization_id, :id, :role, id FROM wanted
   ON CONFLICT ON CONSTRAINT pk_team_people DO NOTHING`,
);

// In one order, so that teams with the same people wait for each other instead of blocking each other.
const LOCK_MEMBERS = statement<TeamMemberRow>(
  'polls.team.lock_members',
  `SELECT m.polls_id AS user_id, m.email::text AS email FROM polls.teams t
     JOIN polls.team_people p ON p.organization_id = t.organization_id AND p.team_id = t.id AND p.role = 'member'
     JOIN tenancy.members m ON m.organization_id = p.organization_id AND m.id = p.member_id
    WHERE t.organization_id = :organization_id AND t.id = :id
    ORDER BY m.id FOR NO KEY UPDATE OF m FOR KEY SHARE OF t`,
);

const REFUSALS = {
  uq_teams_extid: () =>
    new Failure('conflict', 'extid is that of another team', {
      faults: [{ location: 'body', field: 'extid', message: 'extid is that of another team' }],
    }),
};

/** Teams and their people. */
export class PollTeamsRepository extends StatementRepository<PollTeam> {
  static readonly entity = PollTeam;

  /** By name. */
  list(organization_id: number, page: Page): Promise<PollTeamRow[]> {
    return this.all(LIST, { organization_id, ...page });
  }

  findTeam(organization_id: number, id: string): Promise<PollTeamRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  async insertTeam(
    team: PollTeamChange & { organization_id: number; id: string; created_at: Instant },
  ): Promise<void> {
    await whenRefused(this.one(CREATE, team), REFUSALS);
  }

  /** Returns whether the team exists; it is locked until the end of the transaction. */
  async changeTeam(organization_id: number, id: string, change: PollTeamChange): Promise<boolean> {
    const write = this.one(CHANGE, { organization_id, id, change: JSON.stringify(change) });
    return (await whenRefused(write, REFUSALS)) !== undefined;
  }

  /** Its events stay. Returns whether the team existed. */
  async deleteTeam(organization_id: number, id: string): Promise<boolean> {
    return (await this.one(DELETE, { organization_id, id })) !== undefined;
  }

  /** Which of these users are members of the organization. */
  async knownOf(organization_id: number, users: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.all(FIND_PEOPLE, { organization_id, users });
    return new Set(rows.map(({ user_id }) => user_id));
  }

  /** Replaces a list of the team; the users have to be members of the organization. */
  async setPeople(
    organization_id: number,
    id: string,
    role: TeamRole,
    users: readonly string[],
  ): Promise<void> {
    await this.one(SET_PEOPLE, { organization_id, id, role, users });
  }

  /** The members of the team; they and the team are locked until the end of the transaction. */
  lockMembers(organization_id: number, id: string): Promise<TeamMemberRow[]> {
    return this.all(LOCK_MEMBERS, { organization_id, id });
  }
}
