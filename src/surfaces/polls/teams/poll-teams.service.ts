import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid } from '../../../core/failure.js';
import { pageOf } from '../../../core/page.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { isPollId, pollId } from '../poll-id.js';
import { notAdministrator, teamNotFound } from '../polls.failures.js';
import type { TeamRole } from './poll-team-person.entity.js';
import type { CreatePollTeamDto, ListPollTeamsQueryDto, UpdatePollTeamDto } from './poll-teams.dto.js';
import { PollTeamsRepository, type PollTeamRow } from './poll-teams.repository.js';

const PAGES = { defaultLimit: 1000, maxLimit: 1000 };

/** The lists of a team, by their names in bodies. */
const ROLES: Readonly<Record<'admins' | 'members', TeamRole>> = { admins: 'admin', members: 'member' };

/** Teams. Administrators write them. */
@Injectable()
export class PollTeamsService {
  constructor(
    private readonly teams: PollTeamsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list({ organizationId }: Caller, { page, limit }: ListPollTeamsQueryDto): Promise<PollTeamRow[]> {
    return this.teams.list(organizationId, pageOf(page, limit, PAGES));
  }

  async find({ organizationId }: Caller, id: string): Promise<PollTeamRow> {
    const team = isPollId(id) ? await this.teams.findTeam(organizationId, id) : undefined;
    if (team === undefined) throw teamNotFound();
    return team;
  }

  /** Asked before the content is refused: who may not write learns nothing of it. */
  assertMayWrite(caller: Caller): void {
    if (!caller.isAdmin) throw notAdministrator();
  }

  /** The same for a team that has to be there. */
  async assertMayChange(caller: Caller, id: string): Promise<void> {
    this.assertMayWrite(caller);
    await this.find(caller, id);
  }

  create(caller: Caller, dto: CreatePollTeamDto): Promise<PollTeamRow> {
    this.assertMayWrite(caller);
    const now = this.clock.now(caller);
    const id = pollId(now);
    return this.unitOfWork.run(async (manager) => {
      const teams = manager.withRepository(this.teams);
      const { name, extid = null, level_name = null } = dto;
      await assertKnown(teams, caller, dto);
      await teams.insertTeam({
        organization_id: caller.organizationId,
        id,
        name,
        extid,
        level_name,
        created_at: now,
      });
      return saved(teams, caller, id, dto);
    });
  }

  change(caller: Caller, id: string, dto: UpdatePollTeamDto): Promise<PollTeamRow> {
    this.assertMayWrite(caller);
    if (!isPollId(id)) throw teamNotFound();
    return this.unitOfWork.run(async (manager) => {
      const teams = manager.withRepository(this.teams);
      const { name, extid, level_name } = dto;
      if (!(await teams.changeTeam(caller.organizationId, id, { name, extid, level_name })))
        throw teamNotFound();
      await assertKnown(teams, caller, dto);
      return saved(teams, caller, id, dto);
    });
  }

  async delete(caller: Caller, id: string): Promise<void> {
    this.assertMayWrite(caller);
    if (!isPollId(id) || !(await this.teams.deleteTeam(caller.organizationId, id))) throw teamNotFound();
  }
}

type PeopleLists = Pick<UpdatePollTeamDto, keyof typeof ROLES>;
const LISTS = Object.keys(ROLES) as (keyof typeof ROLES)[];

async function assertKnown(
  teams: PollTeamsRepository,
  { organizationId }: Caller,
  dto: PeopleLists,
): Promise<void> {
  const users = LISTS.flatMap((list) => dto[list] ?? []);
  if (users.length === 0) return;
  const known = await teams.knownOf(organizationId, users);
  const faults = LISTS.flatMap((list) =>
    (dto[list] ?? []).flatMap((user, index) => {
      const field = `${list}.${index}`;
      const message = `${field} is no user of your organization`;
      return known.has(user) ? [] : [{ location: 'body' as const, field, message }];
    }),
  );
  if (faults.length > 0) throw invalid(faults);
}

/** Writes the lists that are given, and reads the team back. */
async function saved(
  teams: PollTeamsRepository,
  { organizationId }: Caller,
  id: string,
  dto: PeopleLists,
): Promise<PollTeamRow> {
  for (const list of LISTS) {
    const users = dto[list];
    if (users !== undefined) await teams.setPeople(organizationId, id, ROLES[list], users ?? []);
  }
  const team = await teams.findTeam(organizationId, id);
  if (team === undefined) throw teamNotFound();
  return team;
}
