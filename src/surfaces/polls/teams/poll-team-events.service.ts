import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { millisecondsOf, nearestInstant, parseInstant } from '../../../core/instant.js';
import { UnitOfWork, type EntityManager } from '../../../database/unit-of-work.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import { PollEventListsService } from '../events/poll-event-lists.service.js';
import type { SerializedPollEvent } from '../events/poll-event.serialization.js';
import type { PollEventView } from '../events/poll-event.writer.js';
import type { ListPollEventsQueryDto } from '../events/poll-events.dto.js';
import { PollEventsRepository } from '../events/poll-events.repository.js';
import { PollEventsService } from '../events/poll-events.service.js';
import { isPollId } from '../poll-id.js';
import { teamNotFound, teamWithoutMembers } from '../polls.failures.js';
import { PollBusyTimesRepository } from '../slots/poll-busy-times.repository.js';
import { clocksWithin } from '../slots/zone-clock.js';
import { chooseOrganiser } from './poll-team-organiser.js';
import type { CreatePollTeamEventDto } from './poll-teams.dto.js';
import { PollTeamsRepository, type TeamMemberRow } from './poll-teams.repository.js';
import { PollTeamsService } from './poll-teams.service.js';

const DAY = 24 * 3600_000;
const YEAR = 366 * DAY;

/** Events that are made through a team. */
@Injectable()
export class PollTeamEventsService {
  constructor(
    private readonly teams: PollTeamsService,
    private readonly teamRows: PollTeamsRepository,
    private readonly busyTimes: PollBusyTimesRepository,
    private readonly events: PollEventsService,
    private readonly eventRows: PollEventsRepository,
    private readonly lists: PollEventListsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, id: string, query: ListPollEventsQueryDto): Promise<PollEventView[]> {
    const events = isPollId(id) ? await this.lists.list(caller, query, id) : [];
    if (events.length === 0) await this.teams.find(caller, id);
    return events;
  }

  /**
   * The members of the team are locked until the event is stored: the next event of this team, or of another one with
   * the same people, is given to somebody only after this one counts.
   */
  async create(caller: Caller, id: string, dto: CreatePollTeamEventDto): Promise<SerializedPollEvent> {
    if (!isPollId(id)) throw teamNotFound();
    const { created, outgoing } = await this.unitOfWork.run(async (manager) => {
      const members = await manager.withRepository(this.teamRows).lockMembers(caller.organizationId, id);
      if (members.length === 0) {
        await this.teams.find(caller, id);
        throw teamWithoutMembers();
      }
      const user = namedMember(members, dto) ?? (await this.leastBusy(manager, caller, members, dto));
      const events = manager.withRepository(this.eventRows);
      const event = { ...dto, created_by: { user }, vyteme: true };
      return this.events.insert(caller, event, { events, team_id: id });
    });
    if (outgoing) this.outbox.wake();
    return created;
  }

  private async leastBusy(
    manager: EntityManager,
    caller: Caller,
    members: readonly TeamMemberRow[],
    { dates: [date], timezone }: CreatePollTeamEventDto,
  ): Promise<string> {
    const users = members.map(({ user_id }) => user_id);
    const busyTimes = manager.withRepository(this.busyTimes);
    const ahead = await busyTimes.eventsAhead(caller.organizationId, users, this.clock.now(caller));
    // A date without an offset is less than a day from the same date in UTC.
    const range = { from: inUtc(date.date) - DAY, to: inUtc(date.end_date) + DAY };
    const people = await busyTimes.ofPeople(caller.organizationId, users, {
      from: nearestInstant(range.from),
      to: nearestInstant(range.to),
    });
    // Of an endless event, not the clock changes of all years.
    const clockOf = clocksWithin({ from: range.from, to: Math.min(range.to, range.from + YEAR) });
    const candidates = people.map(({ asked: user_id, time_zone, busy }) => ({
      user_id,
      time_zone,
      clock: clockOf(time_zone),
      busy,
      ahead: ahead.get(user_id) ?? 0,
    }));
    const chosen = chooseOrganiser(candidates, date, timezone);
    if (chosen === undefined) throw teamWithoutMembers();
    return chosen.user_id;
  }
}

function namedMember(
  members: readonly TeamMemberRow[],
  { created_by }: CreatePollTeamEventDto,
): string | undefined {
  const user = created_by?.user;
  const email = created_by?.email?.toLowerCase();
  return members.find((member) =>
    user == null ? member.email.toLowerCase() === email : member.user_id === user,
  )?.user_id;
}

/** In milliseconds since 1970. */
function inUtc(date: string): number {
  const instant = parseInstant(date);
  if (instant === undefined) throw new Error('A date was not validated.');
  return millisecondsOf(instant);
}
