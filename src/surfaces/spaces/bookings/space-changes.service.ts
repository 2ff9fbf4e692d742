import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Transaction } from '../../../database/database.js';
import type { EventValues } from './space-booking.values.js';
import { SpaceBookingsRepository } from './space-bookings.repository.js';
import { nonEmptyRecurrence, type BookingResult } from './space-bookings.service.js';
import { mergeInviteeList, isSameRecurrence, mergeTime, mergeValues } from './space-change.values.js';
import { SpaceChangesRepository } from './space-changes.repository.js';
import { SpaceClashesRepository, type OwnHolds } from './space-clashes.repository.js';
import { SpaceClashesService } from './space-clashes.service.js';
import { Deadline } from './space-deadline.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import { mayChange } from '../events/space-event.rights.js';
import { SpaceEventsService } from '../events/space-events.service.js';
import { SpaceEventsRepository } from '../events/space-events.repository.js';
import type { ChangeSpaceEvent } from '../events/space-events.dto.js';
import { parseInvitees, type InviteeInput } from '../events/space-invitees.js';
import type { Occurrence } from '../series/space-occurrences.js';
import { readTimes, scheduleOf, type Schedule, type RequestedTimes } from '../series/space-schedule.js';
import { eventNotFound, changeForbidden, spaceDisabled } from '../spaces.failures.js';

/** Another request changed the event between the read and the lock. */
class ConcurrentChangeError extends Error {}

const MAX_ATTEMPTS = 5;

/** A change in progress: the event before and after it. */
interface Change {
  readonly caller: Caller;
  readonly now: Instant;
  readonly before: SpaceEventRow;
  readonly after: EventValues;
  readonly schedule: Schedule;
  /** Whether its times or its recurrence change. */
  readonly timesChanged: boolean;
  /** Whether to check again that the space is free. */
  readonly needsClashCheck: boolean;
  readonly skipClashes: boolean;
  readonly invitees: readonly InviteeInput[] | undefined;
}

/** Changes events, occurrences and series. */
@Injectable()
export class SpaceChangesService {
  constructor(
    private readonly bookings: SpaceBookingsRepository,
    private readonly changes: SpaceChangesRepository,
    private readonly events: SpaceEventsRepository,
    private readonly eventsService: SpaceEventsService,
    private readonly clashes: SpaceClashesService,
    private readonly clashesRepository: SpaceClashesRepository,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Finds an event that the caller may change, so that 404 and 403 come before errors in the body. */
  async find(caller: Caller, id: string): Promise<SpaceEventRow> {
    const event = await this.eventsService.find(caller, id);
    if (!mayChange(caller, event)) throw changeForbidden();
    return event;
  }

  async change(caller: Caller, id: string, dto: ChangeSpaceEvent): Promise<BookingResult> {
    const deadline = new Deadline(this.config.statementTimeoutMs);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(caller, await this.find(caller, id), dto, deadline);
      } catch (error) {
        if (!(error instanceof ConcurrentChangeError) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  private async attempt(
    caller: Caller,
    before: SpaceEventRow,
    dto: ChangeSpaceEvent,
    deadline: Deadline,
  ): Promise<BookingResult> {
    if (before.is_occurrence && nonEmptyRecurrence(dto.recurrence) !== null)
      throw invalidField('recurrence', 'recurrence belongs to the series; an occurrence has none of its own');
    const change = await this.plan(caller, before, dto);
    const { after, schedule } = change;
    const isSeries = schedule.recurrence !== null;
    const ownEventId = before.is_occurrence ? undefined : before.event_id;
    const spaces = [before.space_id, after.spaceId];
    return this.clashes.explainClash(caller, after.spaceId, isSeries, ownEventId, () =>
      this.bookings.withSpacesLocked(
        caller.organizationId,
        spaces,
        (transaction) => this.apply(transaction, change),
        deadline,
      ),
    );
  }

  private async apply(transaction: Transaction, change: Change): Promise<BookingResult> {
    const { caller, before, skipClashes } = change;
    await this.assertUnchanged(transaction, change);
    await this.write(transaction, change);
    const event = await this.events.findInTransaction(transaction, caller.organizationId, before);
    if (event === undefined) throw eventNotFound();
    if (event.recurrence === null) return { event };
    const skipped = await this.events.listSkipped(caller.organizationId, event.event_id, transaction);
    return skipped.length > 0 || skipClashes ? { event, skipped } : { event };
  }

  /** Computes the new values before anything is locked. */
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
    const timesChanged =
      schedule.start.at !== before.starts_at ||
      schedule.end.at !== before.ends_at ||
      schedule.isAllDay !== before.is_all_day ||
      (schedule.recurrence !== null && schedule.start.zone !== before.start_zone) ||
      !isSameRecurrence(schedule.recurrence, before.recurrence);
    const needsClashCheck = timesChanged || space.id !== before.space_id || before.status === 'skipped';
    if (needsClashCheck && space.is_disabled) throw spaceDisabled();
    const after = mergeValues(before, dto, space, schedule);
    const skipClashes = dto.on_conflict === 'skip' && schedule.recurrence !== null;
    return {
      caller,
      now,
      before,
      after,
      schedule,
      timesChanged,
      needsClashCheck,
      skipClashes,
      invitees: mergeInviteeList(before, dto.invitees),
    };
  }

  private scheduleAfter(before: SpaceEventRow, dto: ChangeSpaceEvent, now: Instant): Schedule {
    const start = dto.start ?? dto.started_at;
    const end = dto.end ?? dto.ended_at;
    const times = readTimes(
      {
        start: mergeTime(start, { at: before.starts_at, zone: before.start_zone }),
        end: mergeTime(end, { at: before.ends_at, zone: before.end_zone }),
      },
      before.start_zone,
    );
    const requested: RequestedTimes = {
      ...times,
      isAllDay: dto.is_all_day === undefined ? before.is_all_day : (dto.is_all_day ?? false),
      recurrence:
        dto.recurrence === undefined || before.is_occurrence
          ? before.recurrence
          : nonEmptyRecurrence(dto.recurrence),
    };
    return scheduleOf(requested, now, this.config.spaces.horizonDays);
  }

  private async assertUnchanged(transaction: Transaction, { caller, before }: Change): Promise<void> {
    const current = await this.events.findInTransaction(transaction, caller.organizationId, before);
    if (current === undefined) throw eventNotFound();
    if (JSON.stringify(current) !== JSON.stringify(before)) throw new ConcurrentChangeError();
  }

  private async write(transaction: Transaction, change: Change): Promise<void> {
    const { before, after } = change;
    if (before.is_occurrence) await this.writeOccurrence(transaction, change);
    else if (before.recurrence === null && after.recurrence === null)
      await this.writeSingle(transaction, change);
    else if (change.timesChanged) await this.writeNewSeries(transaction, change);
    else await this.writeSameSeries(transaction, change);
  }

  private async writeSingle(transaction: Transaction, change: Change): Promise<void> {
    const { caller, before, after, schedule } = change;
    await this.writeEvent(transaction, change, before.event_id);
    if (!change.needsClashCheck) return;
    await this.assertFree(transaction, change, schedule.occurrences, { eventId: before.event_id });
    const time = { start: after.start.at, end: after.end.at };
    await this.changes.moveSingle(transaction, caller.organizationId, before.event_id, after.spaceId, time);
  }

  /** A changed occurrence becomes an exception: an event row of its own with the differing values. */
  private async writeOccurrence(transaction: Transaction, change: Change): Promise<void> {
    const { caller, now, before, after, schedule } = change;
    const key = { eventId: before.event_id, originalStart: before.original_start };
    if (change.needsClashCheck) await this.assertFree(transaction, change, schedule.occurrences, key);
    let detailId = before.detail_id;
    if (detailId === before.event_id) {
      const invitees = change.invitees ?? parseInvitees(before.invitees);
      const holds = { seriesId: before.event_id, occurrences: [] };
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

  /** Changed times make a different series: occurrences are recreated and exceptions are deleted. */
  private async writeNewSeries(transaction: Transaction, change: Change): Promise<void> {
    const { caller, before, after, schedule, skipClashes } = change;
    const { organizationId } = caller;
    const ownHolds = { eventId: before.event_id };
    const { occurrences } = schedule;
    const skipped = await this.clashes.check(
      transaction,
      caller,
      after.spaceId,
      occurrences,
      skipClashes,
      ownHolds,
    );
    await this.writeEvent(transaction, change, before.event_id);
    await this.changes.deleteOccurrences(transaction, organizationId, before.event_id);
    await this.bookings.insertHolds(
      transaction,
      organizationId,
      before.event_id,
      after.spaceId,
      occurrences,
      skipped,
    );
  }

  /** Times are unchanged: exceptions are kept, and inherit what they do not override. */
  private async writeSameSeries(transaction: Transaction, change: Change): Promise<void> {
    const { caller, now, before, after, skipClashes } = change;
    const { organizationId } = caller;
    const { event_id: id } = before;
    const { spaceId } = after;
    const holds =
      before.space_id === spaceId
        ? []
        : await this.changes.listHolds(transaction, organizationId, id, before.space_id);
    const confirmed = holds.filter(({ status }) => status === 'confirmed');
    const skipped = holds.filter(({ status }) => status === 'skipped');
    // Exceptions that are already in the other space stay there, and conflict like any other booking.
    const taken = await this.clashes.check(transaction, caller, spaceId, confirmed, skipClashes);
    const clashing = confirmed.filter(({ start }) => taken.has(start));
    await this.changes.setStatus(transaction, organizationId, id, clashing, 'skipped');
    await this.writeEvent(transaction, change, id);
    await this.changes.updateExceptions(transaction, organizationId, before, after, now);
    // Occurrences skipped in the old space may be free in the new one.
    const stillTaken = await this.clashesRepository.listClashing(
      transaction,
      organizationId,
      spaceId,
      skipped,
    );
    const free = skipped.filter(({ start }) => !stillTaken.has(start));
    await this.changes.setStatus(transaction, organizationId, id, free, 'confirmed');
  }

  private async writeEvent(transaction: Transaction, change: Change, id: number): Promise<void> {
    const { caller, now, after, timesChanged, invitees } = change;
    const { organizationId } = caller;
    if (!(await this.changes.update(transaction, organizationId, id, after, timesChanged, now)))
      throw eventNotFound();
    if (invitees !== undefined)
      await this.changes.replaceInvitees(transaction, organizationId, id, invitees, now);
  }

  private async assertFree(
    transaction: Transaction,
    { caller, after }: Change,
    occurrences: readonly Occurrence[],
    ownHolds: OwnHolds,
  ): Promise<void> {
    await this.clashes.check(transaction, caller, after.spaceId, occurrences, false, ownHolds);
  }
}
