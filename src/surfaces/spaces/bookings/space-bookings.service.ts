import { Inject, Injectable } from '@nestjs/common';
import { requireId } from '../../../core/integer.js';
import { CONFIG, type Config } from '../../../config/config.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid, invalidField } from '../../../core/failure.js';
import { refusedBy, whenRefused } from '../../../database/failures.js';
import type { EntityManager } from '../../../database/unit-of-work.js';
import { BookingBatches, type NewBooking } from './space-booking-batcher.js';
import { SpaceClashesService } from './space-clashes.service.js';
import { Deadline } from './space-deadline.js';
import type { SkippedRow, SpaceEventRow } from '../events/space-event.columns.js';
import { readEventId } from '../events/space-event.id.js';
import { mayChange } from '../events/space-event.rights.js';
import { valuesOf, type EventValues } from './space-booking.values.js';
import {
  BOOKING_FAILURES,
  NO_OVERLAP,
  SpaceBookingsRepository,
  type BookableSpace,
  type NamedPeople,
} from './space-bookings.repository.js';
import { SpaceLocksService } from './space-locks.service.js';
import { spaceOfAddress } from '../devices/space-calendar.address.js';
import type { CreateEventDto, CreateSpaceEventDto } from '../events/space-events.dto.js';
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

/** Bookings with more invitees do not share a statement with others. */
const MAX_BATCHED_INVITEES = 50;

/** Creates and cancels bookings. */
@Injectable()
export class SpaceBookingsService {
  private readonly batches = new BookingBatches((bookings) => this.bookings.insertWhereFree(bookings));

  constructor(
    private readonly bookings: SpaceBookingsRepository,
    private readonly events: SpaceEventsRepository,
    private readonly clashes: SpaceClashesService,
    private readonly locks: SpaceLocksService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Books the space given in the path. */
  async createIn(caller: Caller, spaceId: string, dto: CreateSpaceEventDto): Promise<BookingResult> {
    const booked = await this.create(caller, requireId(spaceId, spaceNotFound), dto);
    if (booked === undefined) throw spaceNotFound();
    return booked;
  }

  /** Books the space that the body names, by its id or by the address of its calendar. */
  async createNamed(caller: Caller, dto: CreateEventDto): Promise<BookingResult> {
    const { space_id, calendar_mailbox_address: address } = dto;
    const id = space_id ?? spaceOfAddress(address ?? '', this.config.pollsReplyHost);
    const booked = id === undefined ? undefined : await this.create(caller, id, dto);
    if (booked !== undefined) return booked;
    const field = space_id == null ? 'calendar_mailbox_address' : 'space_id';
    throw invalidField(field, `${field} names no space of your organization`);
  }

  /** Returns `undefined` if there is no such space. */
  async create(
    caller: Caller,
    spaceId: number,
    dto: CreateSpaceEventDto,
  ): Promise<BookingResult | undefined> {
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
    const { organizationId } = caller;
    const booking = { organizationId, values, invitees, now, deadline };
    const event = recurrence === null ? await this.insertWhereFree(booking) : undefined;
    if (event !== undefined) return { event };
    const skipClashes = recurrence !== null && dto.on_conflict === 'skip';
    return this.insertLocked(caller, booking, schedule, skipClashes);
  }

  /**
   * Inserts a single event if the time is free and the space is not locked. Otherwise returns `undefined`;
   * `withSpacesLocked` then waits for the lock and finds the conflict.
   */
  private async insertWhereFree(booking: NewBooking): Promise<SpaceEventRow | undefined> {
    // Queued bookings of the space go first, and a long list of invitees would delay the rest of the batch.
    if (this.locks.isBusy(booking.values.space_id) || booking.invitees.length > MAX_BATCHED_INVITEES)
      return undefined;
    try {
      return await whenRefused(this.batches.add(booking), BOOKING_FAILURES);
    } catch (error) {
      if (refusedBy(error) === NO_OVERLAP) return undefined;
      throw error;
    }
  }

  /** Inserts an event with the space locked if it is free; otherwise fails with the conflicting booking. */
  private insertLocked(
    caller: Caller,
    { organizationId, values, invitees, now, deadline }: NewBooking,
    { occurrences, recurrence }: Schedule,
    skipClashes: boolean,
  ): Promise<BookingResult> {
    const { space_id } = values;
    const insert = async (manager: EntityManager): Promise<BookingResult> => {
      const skipped = await this.clashes.check(manager, caller, space_id, occurrences, skipClashes);
      const holds = { occurrences, skipped };
      const bookings = manager.withRepository(this.bookings);
      const event = await bookings.insertEvent(organizationId, values, invitees, now, holds);
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
    return this.clashes.explainClash(caller, space_id, recurrence !== null, undefined, async () => {
      if (!skipClashes) await this.clashes.checkBeforeLock(caller, space_id, occurrences);
      return this.locks.withSpacesLocked(organizationId, [space_id], insert, deadline);
    });
  }

  /** Cancels an event, an occurrence or a whole series. */
  async delete(caller: Caller, id: string): Promise<void> {
    const ref = readEventId(id);
    if (ref === undefined) throw eventNotFound();
    const { organizationId, memberId, isAdmin } = caller;
    if (await this.bookings.deleteEvent(organizationId, ref, memberId, isAdmin)) return;
    const event = await this.events.findEvent(organizationId, ref);
    // Skipped occurrences are hidden from callers who may not change them.
    if (event === undefined || event.status === 'skipped' || mayChange(caller, event)) throw eventNotFound();
    throw changeForbidden();
  }
}

/** The people referenced by the body. The creator is the caller unless an administrator names another. */
function peopleOf(caller: Caller, dto: CreateSpaceEventDto): NamedPeople {
  const hasCreator = caller.isAdmin && (dto.creator_id != null || dto.creator_email != null);
  const hasOrganizer = dto.organizer_id != null || dto.organizer_email != null;
  return {
    booker_id: caller.memberId,
    organizer_id: hasOrganizer ? (dto.organizer_id ?? null) : caller.memberId,
    organizer_email: dto.organizer_email ?? null,
    creator_id: hasCreator ? (dto.creator_id ?? null) : caller.memberId,
    creator_email: hasCreator ? (dto.creator_email ?? null) : null,
  };
}

function assertKnownPeople(space: BookableSpace, dto: CreateSpaceEventDto): void {
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

/** Default invitees: the organizer. */
function organizerAsInvitee({ organizer_id, organizer_email }: EventValues): InviteeInput[] {
  if (organizer_email === null) return [];
  return [
    {
      email: organizer_email,
      user_id: organizer_id,
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
