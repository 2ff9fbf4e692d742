import { Injectable } from '@nestjs/common';
import type { Caller } from '../../core/caller.js';
import { Clock } from '../../core/clock.js';
import type { Instant } from '../../core/instant.js';
import { pageOf } from '../../core/page.js';
import { publicId } from '../../core/random-code.js';
import type { LongAnswer } from '../../database/streams.js';
import { accessAfter } from './training-event.lifecycle.js';
import { TrainingEvents, type TrainingEventRow } from './training-events.table.js';
import type { ChangeTrainingEvent, CreateTrainingEvent, ListTrainingEvents } from './training-events.wire.js';
import { isTrainingId } from './training-id.js';
import { eventIsLive, eventNotFound, eventNotReady } from './training.failures.js';

/** Events that fit in one answer at once; a longer list is streamed. */
export const MAX_ROWS_AT_ONCE = 1000;
const PAGES = { defaultLimit: 100, maxLimit: 1000 };

/** A list that is here already, or one too long for that, batch by batch. */
export type EventList = readonly TrainingEventRow[] | LongAnswer<TrainingEventRow>;

/** The rules of training events. */
@Injectable()
export class TrainingEventsService {
  constructor(
    private readonly events: TrainingEvents,
    private readonly clock: Clock,
  ) {}

  now(caller: Caller): Instant {
    return this.clock.now(caller);
  }

  async find({ organizationId }: Caller, id: string): Promise<TrainingEventRow> {
    const event = isTrainingId(id) ? await this.events.find(organizationId, id) : undefined;
    if (event === undefined) throw eventNotFound();
    return event;
  }

  /** Everything that fits the filters; a page of it only when one is asked for. */
  async list(caller: Caller, { page, limit, ...filter }: ListTrainingEvents): Promise<EventList> {
    const { organizationId } = caller;
    const now = this.clock.now(caller);
    if (page !== undefined || limit !== undefined) {
      return this.events.list(organizationId, filter, now, pageOf(page, limit, PAGES));
    }
    // Most organizations have few events: one statement tells, and has them already.
    const rows = await this.events.list(organizationId, filter, now, {
      limit: MAX_ROWS_AT_ONCE + 1,
      offset: 0,
    });
    return rows.length <= MAX_ROWS_AT_ONCE ? rows : this.events.listAll(caller, filter, now);
  }

  async create(caller: Caller, wish: CreateTrainingEvent): Promise<TrainingEventRow> {
    const access = accessAfter({
      availability: wish.availability ?? 'public',
      trainees: wish.trainees ?? undefined,
    });
    const event = await this.events.create(caller.organizationId, {
      id: publicId(),
      name: wish.name,
      owner: wish.owner,
      class_id: wish.class_id,
      availability: access.availability ?? 'public',
      description: wish.description ?? null,
      date_start: wish.date_start,
      date_end: wish.date_end,
      include_chat: wish.include_chat ?? false,
      include_video: wish.include_video ?? false,
      tas: wish.tas ?? [],
      trainees: access.trainees ?? [],
      partner_id: wish.partner_id ?? null,
      use_new_terminal: wish.use_new_terminal ?? false,
    });
    if (event === undefined) throw new Error('An insert answered no row.');
    return event;
  }

  async change(caller: Caller, id: string, wish: ChangeTrainingEvent): Promise<TrainingEventRow> {
    if (!isTrainingId(id)) throw eventNotFound();
    const access = accessAfter({ availability: wish.availability, trainees: cleared(wish.trainees, []) });
    const event = await this.events.change(caller.organizationId, id, this.clock.now(caller), {
      name: wish.name,
      owner: wish.owner,
      class_id: wish.class_id,
      availability: access.availability,
      description: wish.description,
      date_start: wish.date_start,
      date_end: wish.date_end,
      include_chat: cleared(wish.include_chat, false),
      include_video: cleared(wish.include_video, false),
      tas: cleared(wish.tas, []),
      trainees: access.trainees,
      partner_id: wish.partner_id,
    });
    if (event !== undefined) return event;
    await this.find(caller, id);
    throw eventIsLive();
  }

  async delete(caller: Caller, id: string): Promise<void> {
    if (!isTrainingId(id)) throw eventNotFound();
    if (await this.events.deleteReady(caller.organizationId, id, this.clock.now(caller))) return;
    await this.find(caller, id);
    throw eventNotReady();
  }
}

/** `null` in a change means: back to what an event starts with. */
function cleared<T>(value: T | null | undefined, initial: T): T | undefined {
  return value === null ? initial : value;
}
