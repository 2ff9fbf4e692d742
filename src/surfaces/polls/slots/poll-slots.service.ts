import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import { invalid, type Fault } from '../../../core/failure.js';
import { millisecondsOf, nearestInstant } from '../../../core/instant.js';
import { dayIn } from '../events/poll-date.js';
import { spanOn, startOfDay } from './poll-busy-times.js';
import { PollBusyTimesRepository } from './poll-busy-times.repository.js';
import type { FoundSlots, NextPollSlotQueryDto, PollSlotsQueryDto } from './poll-slots.dto.js';
import { freeSlots, SLOT_DAYS, type SlotPerson } from './poll-slots.js';
import { clocksWithin, type Span, type ZoneClock } from './zone-clock.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Who was asked for, in the zone that the answer is in. */
interface Asked {
  readonly zone: string;
  readonly clock: ZoneClock;
  readonly people: readonly SlotPerson[];
}

/** Finds times at which people are free. */
@Injectable()
export class PollSlotsService {
  constructor(
    private readonly busyTimes: PollBusyTimesRepository,
    private readonly clock: Clock,
  ) {}

  /** The slots of some days; if there are none, the first one after these days. */
  async find(caller: Caller, query: PollSlotsQueryDto): Promise<FoundSlots> {
    const now = millisecondsOf(this.clock.now(caller));
    const { zone, clock, people } = await this.peopleOf(caller, query, {
      from: startOfDay(query.from, 'UTC'),
      to: startOfDay(query.to, 'UTC') + (1 + SLOT_DAYS) * DAY,
    });
    const search = (from: number, to: number): Generator<Span, undefined> =>
      freeSlots(people, query.duration * MINUTE, { from: Math.max(from, now), to });
    const end = startOfDay(daysAfter(query.to, 1), zone);
    const slots = [...search(startOfDay(query.from, zone), end)];
    if (slots.length > 0) return { zone, clock, slots };
    const last = startOfDay(daysAfter(query.to, 1 + SLOT_DAYS), zone);
    return { zone, clock, slots, next: search(end, last).next().value };
  }

  /** The first slot from now on, if there is one. */
  async next(caller: Caller, query: NextPollSlotQueryDto): Promise<FoundSlots> {
    const now = this.clock.now(caller);
    const from = millisecondsOf(now);
    const { zone, clock, people } = await this.peopleOf(caller, query, {
      from,
      to: from + SLOT_DAYS * DAY,
    });
    const range = { from, to: startOfDay(daysAfter(dayIn(zone, now), SLOT_DAYS), zone) };
    const slot = freeSlots(people, query.duration * MINUTE, range).next().value;
    return { zone, clock, slots: slot === undefined ? [] : [slot] };
  }

  /** What they do in the range and a day around it, since zones differ. */
  private async peopleOf(
    { organizationId }: Caller,
    query: NextPollSlotQueryDto,
    { from, to }: Span,
  ): Promise<Asked> {
    const { emails, users, user_id, timezone } = query;
    const range = { from: from - DAY, to: to + DAY };
    const rows = await this.busyTimes.ofPeople(organizationId, emails ?? users ?? user_id ?? [], {
      from: nearestInstant(range.from),
      to: nearestInstant(range.to),
    });
    const field = emails ? 'emails' : users ? 'users' : 'user_id';
    const unknown = rows
      .filter((row) => row.user_id === null)
      .map(({ asked }) => unknownPerson(field, asked));
    if (unknown.length > 0) throw invalid(unknown);
    const clockOf = clocksWithin(range);
    const zone = timezone ?? rows[0]?.time_zone ?? 'UTC';
    const people = rows.map(({ time_zone, busy }) => {
      const clock = clockOf(time_zone);
      return { clock, busy: busy.map((time) => spanOn(clock, time)) };
    });
    return { zone, clock: clockOf(zone), people };
  }
}

function unknownPerson(field: string, asked: string): Fault {
  return { location: 'query', field, message: `${field} has ${asked}, who is nobody of your organization` };
}

function daysAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
