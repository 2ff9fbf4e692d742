import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalidField } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { EntityManager } from '../../../database/unit-of-work.js';
import { changedValuesOf, type ChangedValues } from './space-booking.values.js';
import { SpaceBookingsRepository } from './space-bookings.repository.js';
import { nonEmptyRecurrence, type BookingResult } from './space-bookings.service.js';
import { SpaceChangesRepository } from './space-changes.repository.js';
import { SpaceClashesRepository, type OwnHolds } from './space-clashes.repository.js';
import { SpaceClashesService } from './space-clashes.service.js';
import { Deadline } from './space-deadline.js';
import { SpaceLocksService } from './space-locks.service.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';
import type { EventRef } from '../events/space-event.id.js';
import { mayChange } from '../events/space-event.rights.js';
import { SpaceEventsService } from '../events/space-events.service.js';
import { SpaceEventsRepository } from '../events/space-events.repository.js';
import type { UpdateSpaceEventDto } from '../events/space-events.dto.js';
import { mergeInvitees, parseInvitees, type InviteeInput } from '../events/space-invitees.js';
import type { Occurrence } from '../series/space-occurrences.js';
import { readTimes, scheduleOf, type Schedule, type RequestedTimes } from '../series/space-schedule.js';
import type { TimeInput, ZonedTime } from '../space-time.js';
import { eventNotFound, changeForbidden, spaceDisabled } from '../spaces.failures.js';

/** Another request changed the event between the read and the lock. */
class ConcurrentChangeError extends Error {}

const MAX_ATTEMPTS = 5;

/** A change in progress: the event before and after it. */
interface Change {
  readonly caller: Caller;
  readonly now: Instant;
  readonly before: SpaceEventRow;
  readonly after: ChangedValues;
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
    private readonly locks: SpaceLocksService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Finds an event that the caller may change, so that 404 and 403 come before errors in the body. */
  async find(caller: Caller, id: string): Promise<SpaceEventRow> {
    const event = await this.eventsService.find(caller, id);
    if (!mayChange(caller, event)) throw changeForbidden();
    return event;
  }

  async change(caller: Caller, id: string, dto: UpdateSpaceEventDto): Promise<BookingResult> {
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
    dto: UpdateSpaceEventDto,
    deadline: Deadline,
  ): Promise<BookingResult> {
    if (before.is_occurrence && nonEmptyRecurrence(dto.recurrence) !== null)
      throw invalidField('recurrence', 'recurrence belongs to the series; an occurrence has none of its own');
    const change = await this.plan(caller, before, dto);
    const { after, schedule } = change;
    const isSeries = schedule.recurrence !== null;
    const ownEventId = before.is_occurrence ? undefined : before.event_id;
    const spaces = [before.space_id, after.space_id];
    return this.clashes.explainClash(caller, after.space_id, isSeries, ownEventId, () =>
      this.locks.withSpacesLocked(
        caller.organizationId,
        spaces,
        (manager) => this.apply(manager, change),
        deadline,
      ),
    );
  }

  private async apply(manager: EntityManager, change: Change): Promise<BookingResult> {
    const { caller, before, skipClashes } = change;
    const { organizationId } = caller;
    const events = manager.withRepository(this.events);
    const ref = refOf(before);
    const current = await events.findEvent(organizationId, ref);
    if (current === undefined) throw eventNotFound();
    if (JSON.stringify(current) !== JSON.stringify(before)) throw new ConcurrentChangeError();
    await this.write(manager, change);
    const event = await events.findEvent(organizationId, ref);
    if (event === undefined) throw eventNotFound();
    if (event.recurrence === null) return { event };
    const skipped = await events.listSkipped(organizationId, event.event_id);
    return skipped.length > 0 || skipClashes ? { event, skipped } : { event };
  }

  /** Computes the new values before anything is locked. */
  private async plan(caller: Caller, before: SpaceEventRow, dto: UpdateSpaceEventDto): Promise<Change> {
    const now = this.clock.now(caller);
    const space = await this.bookings.findSpace(caller.organizationId, dto.space_id ?? before.space_id, {
      booker_id: before.creator_id,
      organizer_id: null,
      organizer_email: null,
      creator_id: null,
      creator_email: null,
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
    const after = changedValuesOf(before, dto, space, schedule);
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

  private scheduleAfter(before: SpaceEventRow, dto: UpdateSpaceEventDto, now: Instant): Schedule {
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

  private async write(manager: EntityManager, change: Change): Promise<void> {
    const { before, after } = change;
    if (before.is_occurrence) await this.writeOccurrence(manager, change);
    else if (before.recurrence === null && after.recurrence === null) await this.writeSingle(manager, change);
    else if (change.timesChanged) await this.writeNewSeries(manager, change);
    else await this.writeSameSeries(manager, change);
  }

  private async writeSingle(manager: EntityManager, change: Change): Promise<void> {
    const { caller, before, after, schedule } = change;
    const { event_id } = before;
    await this.writeEvent(manager, change, event_id);
    if (!change.needsClashCheck) return;
    await this.assertFree(manager, change, schedule.occurrences, { event_id });
    const { space_id, starts_at, ends_at } = after;
    const changes = manager.withRepository(this.changes);
    await changes.moveSingle(caller.organizationId, event_id, { space_id, starts_at, ends_at });
  }

  /** A changed occurrence becomes an exception: an event row of its own with the differing values. */
  private async writeOccurrence(manager: EntityManager, change: Change): Promise<void> {
    const { caller, now, before, after, schedule } = change;
    const { organizationId } = caller;
    const { event_id, original_start } = before;
    const key = { event_id, original_start };
    if (change.needsClashCheck) await this.assertFree(manager, change, schedule.occurrences, key);
    let { detail_id } = before;
    if (detail_id === event_id) {
      const invitees = change.invitees ?? parseInvitees(before.invitees);
      const holds = { series_id: event_id, occurrences: [] };
      const values = { ...before, ...after };
      const bookings = manager.withRepository(this.bookings);
      ({ detail_id } = await bookings.insertEvent(organizationId, values, invitees, now, holds));
    } else await this.writeEvent(manager, change, detail_id);
    const { space_id, starts_at, ends_at } = after;
    const to = { detail_id, space_id, starts_at, ends_at };
    if (!(await manager.withRepository(this.changes).moveOccurrence(organizationId, key, to)))
      throw eventNotFound();
  }

  /** Changed times make a different series: occurrences are recreated and exceptions are deleted. */
  private async writeNewSeries(manager: EntityManager, change: Change): Promise<void> {
    const { caller, before, after, schedule, skipClashes } = change;
    const { organizationId } = caller;
    const { event_id } = before;
    const { space_id } = after;
    const { occurrences } = schedule;
    const own = { event_id };
    const skipped = await this.clashes.check(manager, caller, space_id, occurrences, skipClashes, own);
    await this.writeEvent(manager, change, event_id);
    await manager.withRepository(this.changes).deleteOccurrences(organizationId, event_id);
    const bookings = manager.withRepository(this.bookings);
    await bookings.insertHolds(organizationId, event_id, space_id, occurrences, skipped);
  }

  /** Times are unchanged: exceptions are kept, and inherit what they do not override. */
  private async writeSameSeries(manager: EntityManager, change: Change): Promise<void> {
    const { caller, now, before, after, skipClashes } = change;
    const { organizationId } = caller;
    const { event_id } = before;
    const { space_id } = after;
    const changes = manager.withRepository(this.changes);
    const holds =
      before.space_id === space_id ? [] : await changes.listHolds(organizationId, event_id, before.space_id);
    const confirmed = holds.filter(({ status }) => status === 'confirmed');
    const skipped = holds.filter(({ status }) => status === 'skipped');
    // Exceptions that are already in the other space stay there, and conflict like any other booking.
    const taken = await this.clashes.check(manager, caller, space_id, confirmed, skipClashes);
    const clashing = confirmed.filter(({ start }) => taken.has(start));
    await changes.setStatus(organizationId, event_id, clashing, 'skipped');
    await this.writeEvent(manager, change, event_id);
    await changes.changeExceptions(organizationId, before, after, now);
    // Occurrences skipped in the old space may be free in the new one.
    const clashes = manager.withRepository(this.clashesRepository);
    const stillTaken = await clashes.listClashing(organizationId, space_id, skipped);
    const free = skipped.filter(({ start }) => !stillTaken.has(start));
    await changes.setStatus(organizationId, event_id, free, 'confirmed');
  }

  private async writeEvent(manager: EntityManager, change: Change, id: number): Promise<void> {
    const { caller, now, after, timesChanged, invitees } = change;
    const { organizationId } = caller;
    const changes = manager.withRepository(this.changes);
    if (!(await changes.changeEvent(organizationId, id, after, timesChanged, now))) throw eventNotFound();
    if (invitees !== undefined) await changes.replaceInvitees(organizationId, id, invitees, now);
  }

  private async assertFree(
    manager: EntityManager,
    { caller, after }: Change,
    occurrences: readonly Occurrence[],
    own: OwnHolds,
  ): Promise<void> {
    await this.clashes.check(manager, caller, after.space_id, occurrences, false, own);
  }
}

function refOf({ is_occurrence, event_id, original_start }: SpaceEventRow): EventRef {
  return { eventId: event_id, originalStart: is_occurrence ? original_start : undefined };
}

/** The new time if there is one, else the current one. */
function mergeTime(input: TimeInput | undefined, before: ZonedTime): TimeInput | ZonedTime {
  if (input === undefined) return before;
  return { dateTime: input.dateTime, zone: input.zone ?? before.zone };
}

function isSameRecurrence(left: readonly string[] | null, right: readonly string[] | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** `null` clears the list; `undefined` leaves it unchanged. */
function mergeInviteeList(
  before: SpaceEventRow,
  invitees: readonly InviteeInput[] | null | undefined,
): readonly InviteeInput[] | undefined {
  return invitees === undefined ? undefined : mergeInvitees(invitees ?? [], parseInvitees(before.invitees));
}
