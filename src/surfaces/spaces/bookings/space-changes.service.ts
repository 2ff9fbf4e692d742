import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Transaction } from '../../../database/database.js';
import type { EventValues } from './space-booking.values.js';
import { SpaceBookingsRepository } from './space-bookings.repository.js';
import { linesOf, type Booked } from './space-bookings.service.js';
import { listAfter, sameLines, timeAfter, valuesAfter } from './space-change.values.js';
import { SpaceChangesRepository } from './space-changes.repository.js';
import { SpaceClashesRepository, type OwnHolds } from './space-clashes.repository.js';
import { SpaceClashes } from './space-clashes.js';
import { Deadline } from './space-deadline.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import { mayChange } from '../events/space-event.rights.js';
import { SpaceEventsService } from '../events/space-events.service.js';
import { SpaceEventsRepository } from '../events/space-events.repository.js';
import type { ChangeSpaceEvent } from '../events/space-events.dto.js';
import { inviteesIn, type GivenInvitee } from '../events/space-invitees.js';
import type { Occurrence } from '../series/space-occurrences.js';
import { readTimes, scheduleOf, type Schedule, type WishedTimes } from '../series/space-schedule.js';
import { eventNotFound, notYours, spaceDisabled } from '../spaces.failures.js';

/** Somebody else changed the event between the look at it and the lock. */
class ConcurrentChangeError extends Error {}

const ATTEMPTS = 5;

/** One change under way: the event before it, and all of it after. */
interface Change {
  readonly caller: Caller;
  readonly now: Instant;
  readonly before: SpaceEventRow;
  readonly after: EventValues;
  readonly schedule: Schedule;
  /** Whether it is held at other times, or by another rule. */
  readonly movesTime: boolean;
  /** Whether the space is to be looked at again. */
  readonly moves: boolean;
  readonly skips: boolean;
  readonly invitees: readonly GivenInvitee[] | undefined;
}

/** The rules of changing an event, one occurrence, or a whole series. */
@Injectable()
export class SpaceChangesService {
  constructor(
    private readonly bookings: SpaceBookingsRepository,
    private readonly changes: SpaceChangesRepository,
    private readonly events: SpaceEventsRepository,
    private readonly reading: SpaceEventsService,
    private readonly clashes: SpaceClashes,
    private readonly search: SpaceClashesRepository,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The event, for somebody who may change it; keeps the order of refusals in front of a faulty body. */
  async find(caller: Caller, id: string): Promise<SpaceEventRow> {
    const event = await this.reading.find(caller, id);
    if (!mayChange(caller, event)) throw notYours();
    return event;
  }

  async change(caller: Caller, id: string, dto: ChangeSpaceEvent): Promise<Booked> {
    const deadline = new Deadline(this.config.statementTimeoutMs);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(caller, await this.find(caller, id), dto, deadline);
      } catch (error) {
        if (!(error instanceof ConcurrentChangeError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async attempt(
    caller: Caller,
    before: SpaceEventRow,
    dto: ChangeSpaceEvent,
    deadline: Deadline,
  ): Promise<Booked> {
    if (before.is_occurrence && linesOf(dto.recurrence) !== null)
      throw invalidField('recurrence', 'recurrence belongs to the series; an occurrence has none of its own');
    const change = await this.plan(caller, before, dto);
    const { after, schedule } = change;
    const isSeries = schedule.recurrence !== null;
    const ownEventId = before.is_occurrence ? undefined : before.event_id;
    const spaces = [before.space_id, after.spaceId];
    return this.clashes.explainClash(caller, after.spaceId, isSeries, ownEventId, () =>
      this.bookings.inSpaces(caller.organizationId, spaces, (one) => this.carryOut(one, change), deadline),
    );
  }

  private async carryOut(transaction: Transaction, change: Change): Promise<Booked> {
    const { caller, before, skips } = change;
    await this.assertUnchanged(transaction, change);
    await this.write(transaction, change);
    const event = await this.events.findAgain(transaction, caller.organizationId, before);
    if (event === undefined) throw eventNotFound();
    if (event.recurrence === null) return { event };
    const skipped = await this.events.listSkipped(caller.organizationId, event.event_id, transaction);
    return skipped.length > 0 || skips ? { event, skipped } : { event };
  }

  /** Works out what the event will be, before anything is locked. */
  private async plan(caller: Caller, before: SpaceEventRow, dto: ChangeSpaceEvent): Promise<Change> {
    const now = this.clock.now(caller);
    const space = await this.bookings.findSpace(caller.organizationId, dto.space_id ?? before.space_id, {
      bookerId: before.creator_id,
      organizerId: null,
      organizerEmail: null,
      creatorId: null,
      creatorEmail: null,
    });
    if (space === undefined) throw invalidField('space_id', 'space_id names no space of your organization');
    const schedule = this.scheduleAfter(before, dto, now);
    const movesTime =
      schedule.start.at !== before.starts_at ||
      schedule.end.at !== before.ends_at ||
      schedule.isAllDay !== before.is_all_day ||
      (schedule.recurrence !== null && schedule.start.zone !== before.start_zone) ||
      !sameLines(schedule.recurrence, before.recurrence);
    const moves = movesTime || space.id !== before.space_id || before.status === 'skipped';
    if (moves && space.is_disabled) throw spaceDisabled();
    const after = valuesAfter(before, dto, space, schedule);
    const skips = dto.on_conflict === 'skip' && schedule.recurrence !== null;
    return {
      caller,
      now,
      before,
      after,
      schedule,
      movesTime,
      moves,
      skips,
      invitees: listAfter(before, dto.invitees),
    };
  }

  private scheduleAfter(before: SpaceEventRow, dto: ChangeSpaceEvent, now: Instant): Schedule {
    const start = dto.start ?? dto.started_at;
    const end = dto.end ?? dto.ended_at;
    const times = readTimes(
      {
        start: timeAfter(start, { at: before.starts_at, zone: before.start_zone }),
        end: timeAfter(end, { at: before.ends_at, zone: before.end_zone }),
      },
      before.start_zone,
    );
    const wished: WishedTimes = {
      ...times,
      isAllDay: dto.is_all_day === undefined ? before.is_all_day : (dto.is_all_day ?? false),
      recurrence:
        dto.recurrence === undefined || before.is_occurrence ? before.recurrence : linesOf(dto.recurrence),
    };
    return scheduleOf(wished, now, this.config.spaces.horizonDays);
  }

  private async assertUnchanged(transaction: Transaction, { caller, before }: Change): Promise<void> {
    const current = await this.events.findAgain(transaction, caller.organizationId, before);
    if (current === undefined) throw eventNotFound();
    if (JSON.stringify(current) !== JSON.stringify(before)) throw new ConcurrentChangeError();
  }

  private async write(transaction: Transaction, change: Change): Promise<void> {
    const { before, after } = change;
    if (before.is_occurrence) await this.writeOccurrence(transaction, change);
    else if (before.recurrence === null && after.recurrence === null)
      await this.writeSingle(transaction, change);
    else if (change.movesTime) await this.writeNewSeries(transaction, change);
    else await this.writeSameSeries(transaction, change);
  }

  private async writeSingle(transaction: Transaction, change: Change): Promise<void> {
    const { caller, before, after, schedule } = change;
    await this.writeEvent(transaction, change, before.event_id);
    if (!change.moves) return;
    await this.assertFree(transaction, change, schedule.occurrences, { eventId: before.event_id });
    const time = { start: after.start.at, end: after.end.at };
    await this.changes.moveSingle(transaction, caller.organizationId, before.event_id, after.spaceId, time);
  }

  /** A changed occurrence gets an event of its own, which says what is different. */
  private async writeOccurrence(transaction: Transaction, change: Change): Promise<void> {
    const { caller, now, before, after, schedule } = change;
    const key = { eventId: before.event_id, originalStart: before.original_start };
    if (change.moves) await this.assertFree(transaction, change, schedule.occurrences, key);
    let detailId = before.detail_id;
    if (detailId === before.event_id) {
      const invitees = change.invitees ?? inviteesIn(before.invitees);
      const holds = { seriesId: before.event_id, wanted: [] };
      const exception = await this.bookings.insert(
        transaction,
        caller.organizationId,
        after,
        invitees,
        now,
        holds,
      );
      detailId = exception.detail_id;
    } else await this.writeEvent(transaction, change, detailId);
    const to = { detailId, spaceId: after.spaceId, start: after.start.at, end: after.end.at };
    if (!(await this.changes.moveOccurrence(transaction, caller.organizationId, key, to)))
      throw eventNotFound();
  }

  /** Other times make another series: its occurrences are held anew and its exceptions are dropped. */
  private async writeNewSeries(transaction: Transaction, change: Change): Promise<void> {
    const { caller, before, after, schedule, skips } = change;
    const { organizationId } = caller;
    const own = { eventId: before.event_id };
    const { occurrences } = schedule;
    const skipped = await this.clashes.check(transaction, caller, after.spaceId, occurrences, skips, own);
    await this.writeEvent(transaction, change, before.event_id);
    await this.changes.dropOccurrences(transaction, organizationId, before.event_id);
    await this.bookings.insertHolds(
      transaction,
      organizationId,
      before.event_id,
      after.spaceId,
      occurrences,
      skipped,
    );
  }

  /** The same times: exceptions stay, and follow in what they did not change themselves. */
  private async writeSameSeries(transaction: Transaction, change: Change): Promise<void> {
    const { caller, now, before, after, skips } = change;
    const { organizationId } = caller;
    const { event_id: id } = before;
    const { spaceId } = after;
    const held =
      before.space_id === spaceId
        ? []
        : await this.changes.holdsIn(transaction, organizationId, id, before.space_id);
    const confirmed = held.filter(({ status }) => status === 'confirmed');
    const skipped = held.filter(({ status }) => status === 'skipped');
    // Exceptions that are in the other space already stay there, and count like anybody else's bookings.
    const taken = await this.clashes.check(transaction, caller, spaceId, confirmed, skips);
    const left = confirmed.filter(({ start }) => taken.has(start));
    await this.changes.setStatus(transaction, organizationId, id, left, 'skipped');
    await this.writeEvent(transaction, change, id);
    await this.changes.followSeries(transaction, organizationId, before, after, now);
    // What found its old space taken may find the new one free.
    const takenHere = await this.search.clashing(transaction, organizationId, spaceId, skipped);
    const freed = skipped.filter(({ start }) => !takenHere.has(start));
    await this.changes.setStatus(transaction, organizationId, id, freed, 'confirmed');
  }

  private async writeEvent(transaction: Transaction, change: Change, id: number): Promise<void> {
    const { caller, now, after, movesTime, invitees } = change;
    const { organizationId } = caller;
    if (!(await this.changes.update(transaction, organizationId, id, after, movesTime, now)))
      throw eventNotFound();
    if (invitees !== undefined)
      await this.changes.replaceInvitees(transaction, organizationId, id, invitees, now);
  }

  private async assertFree(
    transaction: Transaction,
    { caller, after }: Change,
    wanted: readonly Occurrence[],
    own: OwnHolds,
  ): Promise<void> {
    await this.clashes.check(transaction, caller, after.spaceId, wanted, false, own);
  }
}
