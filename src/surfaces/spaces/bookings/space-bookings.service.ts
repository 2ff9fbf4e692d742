import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid } from '../../../core/failure.js';
import type { Instant } from '../../../core/instant.js';
import type { Transaction } from '../../../database/database.js';
import { SpaceClashesService } from './space-clashes.service.js';
import { Deadline } from './space-deadline.js';
import type { SkippedRow, SpaceEventRow } from '../events/space-event.columns.js';
import { readEventId, readId } from '../events/space-event.id.js';
import { mayChange } from '../events/space-event.rights.js';
import type { EventValues } from './space-booking.values.js';
import {
  SpaceBookingsRepository,
  type BookableSpace,
  type NamedPeople,
} from './space-bookings.repository.js';
import type { CreateSpaceEvent } from '../events/space-events.dto.js';
import type { InviteeInput } from '../events/space-invitees.js';
import { readTimes, scheduleOf, type Schedule } from '../series/space-schedule.js';
import { eventNotFound, changeForbidden, spaceDisabled, spaceNotFound } from '../spaces.failures.js';
import { SpaceEventsRepository } from '../events/space-events.repository.js';

/** A created or changed booking, with the occurrences that were skipped because the space was taken. */
export interface BookingResult {
  readonly event: SpaceEventRow;
  /** Undefined if there are none and `on_conflict` is not `skip`. */
  readonly skipped?: readonly SkippedRow[];
}

/** Creates and cancels bookings. */
@Injectable()
export class SpaceBookingsService {
  constructor(
    private readonly bookings: SpaceBookingsRepository,
    private readonly events: SpaceEventsRepository,
    private readonly clashes: SpaceClashesService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Books the space given in the path. */
  async createIn(caller: Caller, spaceId: string, dto: CreateSpaceEvent): Promise<BookingResult> {
    const id = readId(spaceId);
    const booked = id === undefined ? undefined : await this.create(caller, id, dto);
    if (booked === undefined) throw spaceNotFound();
    return booked;
  }

  /** Returns `undefined` if there is no such space. */
  async create(caller: Caller, spaceId: number, dto: CreateSpaceEvent): Promise<BookingResult | undefined> {
    const deadline = new Deadline(this.config.statementTimeoutMs);
    const now = this.clock.now(caller);
    const space = await this.bookings.findSpace(caller.organizationId, spaceId, peopleOf(caller, dto));
    if (space === undefined) return undefined;
    assertKnownPeople(space, dto);
    const start = dto.start ?? dto.started_at;
    const end = dto.end ?? dto.ended_at;
    if (start == null || end == null) throw new Error('A checked body has both times.');
    const times = readTimes({ start, end }, space.time_zone);
    const recurrence = nonEmptyRecurrence(dto.recurrence);
    const schedule = scheduleOf(
      { ...times, isAllDay: dto.is_all_day ?? false, recurrence },
      now,
      this.config.spaces.horizonDays,
    );
    if (space.is_disabled) throw spaceDisabled();
    const values = valuesOf(caller, dto, space, schedule);
    const invitees = dto.invitees ?? organizerAsInvitee(values);
    if (schedule.recurrence === null) {
      const { organizationId } = caller;
      const event = await this.bookings.insertWhereFree({ organizationId, values, invitees, now, deadline });
      if (event !== undefined) return { event };
    }
    const onConflict = dto.on_conflict ?? 'reject';
    return this.book(caller, values.spaceId, schedule, onConflict, deadline, (transaction, skipped) =>
      this.bookings.insert(transaction, caller.organizationId, values, invitees, now, {
        occurrences: schedule.occurrences,
        skipped,
      }),
    );
  }

  /** Runs `write` with the space locked if the occurrences are free; otherwise fails with the conflicting booking. */
  private async book(
    caller: Caller,
    spaceId: number,
    { occurrences, recurrence }: Schedule,
    onConflict: 'reject' | 'skip',
    deadline: Deadline,
    write: (transaction: Transaction, skipped: ReadonlySet<Instant>) => Promise<SpaceEventRow>,
  ): Promise<BookingResult> {
    const skipClashes = onConflict === 'skip' && recurrence !== null;
    return this.clashes.explainClash(caller, spaceId, recurrence !== null, undefined, async () => {
      if (!skipClashes) await this.clashes.checkBeforeLock(caller, spaceId, occurrences);
      const attempt = async (transaction: Transaction): Promise<BookingResult> => {
        const skipped = await this.clashes.check(transaction, caller, spaceId, occurrences, skipClashes);
        const event = await write(transaction, skipped);
        if (!skipClashes) return { event };
        const skippedOccurrences = occurrences.filter(({ start }) => skipped.has(start));
        return {
          event,
          skipped: skippedOccurrences.map(({ start, end }) => ({
            original_start: start,
            starts_at: start,
            ends_at: end,
          })),
        };
      };
      return this.bookings.withSpacesLocked(caller.organizationId, [spaceId], attempt, deadline);
    });
  }

  /** Cancels an event, an occurrence or a whole series. */
  async delete(caller: Caller, id: string): Promise<void> {
    const ref = readEventId(id);
    if (ref === undefined) throw eventNotFound();
    const { organizationId, memberId, isAdmin } = caller;
    const deleted = await (ref.originalStart === undefined
      ? this.bookings.delete(organizationId, ref.eventId, memberId, isAdmin)
      : this.bookings.cancel(organizationId, ref.eventId, ref.originalStart, memberId, isAdmin));
    if (deleted) return;
    const event = await (ref.originalStart === undefined
      ? this.events.find(organizationId, ref.eventId)
      : this.events.findOccurrence(organizationId, ref.eventId, ref.originalStart));
    // Skipped occurrences are hidden from callers who may not change them.
    if (event === undefined || event.status === 'skipped' || mayChange(caller, event)) throw eventNotFound();
    throw changeForbidden();
  }
}

/** The people referenced by the body. The creator is the caller unless an administrator names another. */
function peopleOf(caller: Caller, dto: CreateSpaceEvent): NamedPeople {
  const hasCreator = caller.isAdmin && (dto.creator_id != null || dto.creator_email != null);
  const hasOrganizer = dto.organizer_id != null || dto.organizer_email != null;
  return {
    bookerId: caller.memberId,
    organizerId: hasOrganizer ? (dto.organizer_id ?? null) : caller.memberId,
    organizerEmail: dto.organizer_email ?? null,
    creatorId: hasCreator ? (dto.creator_id ?? null) : caller.memberId,
    creatorEmail: hasCreator ? (dto.creator_email ?? null) : null,
  };
}

function assertKnownPeople(space: BookableSpace, dto: CreateSpaceEvent): void {
  const faults = [
    dto.organizer_id != null && space.organizer_id === null ? 'organizer_id' : undefined,
    dto.creator_id != null && space.creator_id === null ? 'creator_id' : undefined,
  ]
    .filter((field) => field !== undefined)
    .map((field) => ({
      location: 'body' as const,
      field,
      message: `${field} is no user of your organization`,
    }));
  if (faults.length > 0) throw invalid(faults);
}

function valuesOf(
  caller: Caller,
  dto: CreateSpaceEvent,
  space: BookableSpace,
  schedule: Schedule,
): EventValues {
  const hasCreator = caller.isAdmin && dto.creator_email != null;
  return {
    spaceId: space.id,
    title: dto.title ?? titleOf(space),
    description: dto.description ?? null,
    location: dto.location ?? null,
    start: schedule.start,
    end: schedule.end,
    isAllDay: schedule.isAllDay,
    visibility: dto.visibility ?? 'default',
    uid: dto.uid ?? randomUUID(),
    remoteEventId: dto.remote_event_id ?? null,
    remoteType: dto.remote_type ?? null,
    creationType: dto.creation_type ?? (dto.remote_event_id == null ? 'manual' : 'synced'),
    organizerId: space.organizer_id,
    organizerEmail: space.organizer_email ?? dto.organizer_email ?? null,
    creatorId: space.creator_id,
    creatorEmail: space.creator_email ?? (hasCreator ? (dto.creator_email ?? null) : null),
    recurrence: schedule.recurrence,
    heldUntil: schedule.heldUntil,
  };
}

/** Default title of an event. */
export function titleOf({ booker_name, booker_email, name }: BookableSpace): string {
  const booker = booker_name ?? booker_email;
  return booker === null ? `Booking of ${name}` : `${booker} in ${name}`;
}

/** Default invitees: the organizer. */
function organizerAsInvitee({ organizerId, organizerEmail }: EventValues): InviteeInput[] {
  if (organizerEmail === null) return [];
  return [
    {
      email: organizerEmail,
      user_id: organizerId,
      display_name: null,
      response_status: 'accepted',
      is_organizer: true,
      is_resource: false,
    },
  ];
}

/** An empty list means no recurrence. */
export function nonEmptyRecurrence(
  recurrence: readonly string[] | null | undefined,
): readonly string[] | null {
  return recurrence == null || recurrence.length === 0 ? null : recurrence;
}
